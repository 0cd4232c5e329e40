/* What scripts draw and say alike. */
export const clock = (date) =>
  date.toLocaleTimeString("fr-FR", { hour: "2-digit", minute: "2-digit" });

const day = (date) => date.toLocaleDateString("fr-FR", { day: "numeric", month: "long" });

export function element(name, className, text = "") {
  const made = document.createElement(name);
  if (className) made.className = className;
  made.textContent = text;
  return made;
}

export function button(text, press) {
  const made = element("button", "button button--small", text);
  made.type = "button";
  made.addEventListener("click", press);
  return made;
}

/* What was typed on this device and not saved, `words` of it, to take up again or to erase. */
export function offer(copy, words, { take, drop }) {
  const at = new Date(copy.at);
  const box = element("div", "question__copy");
  box.setAttribute("role", "status");
  const ended = (act) => () => {
    box.remove();
    act();
  };
  const actions = element("p", "cluster");
  actions.append(button("Le reprendre", ended(take)), button("L’effacer", ended(drop)));
  const said = `Un texte tapé sur cet appareil le ${day(at)} à ${clock(at)} n’a pas été enregistré\u00A0:`;
  box.append(element("p", "", said), element("blockquote", "version", words), actions);
  return box;
}

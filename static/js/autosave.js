/* Saves each answer, or passage of an action, about a second after one stops typing. What the site
   has not taken yet is kept on this device, and offered back. A colleague's text is never written
   over unless one says so. The button « Enregistrer » does the same without any of this. */
import { Copies } from "./copies.js";
import { button, clock, element, offer } from "./elements.js";

const PAUSE = 1_000; // milliseconds after the last letter
const FIRST_RETRY = 2_000;
const LONGEST_RETRY = 30_000;
const PATIENCE = 20_000; // milliseconds that an answer may take
const PATIENCE_FOR_FILES = 300_000;

const form = document.querySelector("form[data-autosave]");
const copies = new Copies(`reponse:${form?.dataset.autosave}:${location.pathname}`);
const questions = new Map();
let queue = Promise.resolve();
let waiting = 0;
let retry = { timer: 0, delay: FIRST_RETRY };
let closed = false;
let troubled = false;

/* --- What is said ------------------------------------------------------------------------------ */

const aloud = document.createElement("p");
aloud.className = "visually-hidden";
aloud.setAttribute("role", "status");

const safe = () =>
  copies.works
    ? "Votre texte est gardé sur cet appareil"
    : "Ne fermez pas cette page, votre texte n’est gardé que là";

/* One line under the form says how all of it stands. */
function sayAll(trouble) {
  const line = form.querySelector(".savebar__state");
  const all = [...questions.values()];
  line.classList.toggle("savebar__state--failed", Boolean(trouble));
  if (trouble) {
    troubled = true;
    line.replaceChildren(trouble.text, " ", ...(trouble.actions ?? []));
    if (aloud.textContent !== trouble.text) aloud.textContent = trouble.text;
  } else if (all.some((one) => one.state === "refused" || one.state === "conflict")) {
    line.textContent = "Un texte reste à régler ci-dessus.";
  } else if (all.some((one) => !one.isClean())) {
    line.textContent = "Enregistrement…";
  } else {
    line.textContent = `Tout est enregistré, à ${clock(new Date())}.`;
    if (troubled) aloud.textContent = line.textContent;
    troubled = false;
  }
}

/* --- One question, or one passage ------------------------------------------------------------------------------ */

class Question {
  constructor(root) {
    this.root = root;
    this.id = root.dataset.question;
    this.versionField = root.querySelector(`[name="v${this.id}"]`);
    this.shown = "";
    this.line = element("p", "question__state");
    this.problem = element("div", "question__problem");
    root.append(this.line, this.problem);
    this.takesFiles = Boolean(root.querySelector('[type="file"], .rows [type="checkbox"]'));
    this.saved = JSON.stringify(this.values());
    this.state = "clean";
    if (this.takesFiles) {
      copies.forget(this.id);
    } else if ("unsaved" in root.dataset || root.querySelector(".field__error")) {
      this.saved = "";
      copies.write(this.id, this.values());
    } else {
      this.offerBack();
    }
  }

  controls() {
    return [...this.root.querySelectorAll("input, select, textarea")].filter(
      (one) => one.name && one !== this.versionField,
    );
  }

  values() {
    return this.controls()
      .filter((one) => !["checkbox", "radio"].includes(one.type) || one.checked)
      .map((one) => [one.name, one.value]);
  }

  /* What is sent: its fields, documents included, and the version that they were written over. */
  body() {
    const body = new FormData();
    for (const one of this.controls()) {
      if (one.type === "file") for (const file of one.files) body.append(one.name, file);
      else if (!["checkbox", "radio"].includes(one.type) || one.checked)
        body.append(one.name, one.value);
    }
    body.append(`v${this.id}`, this.version);
    return body;
  }

  isClean() {
    return JSON.stringify(this.values()) === this.saved;
  }

  isFocused() {
    return this.root.contains(document.activeElement);
  }

  isFilled() {
    return this.values().some(([, value]) => value.trim());
  }

  get version() {
    return Number(this.versionField.value);
  }

  set version(number) {
    this.versionField.value = number;
  }

  say(state, text) {
    this.state = state;
    this.line.textContent = text;
    this.line.dataset.state = state;
  }

  typed() {
    clearTimeout(this.timer);
    if (this.isClean() && this.state !== "saving") {
      copies.forget(this.id);
      this.show("");
      this.say("clean", "");
      return sayAll();
    }
    if (!this.takesFiles) copies.write(this.id, this.values());
    if (this.state === "conflict" || closed) return;
    this.say("typed", "Pas encore enregistré");
    this.timer = setTimeout(save, PAUSE, this);
  }

  /* What is wrong is said when one leaves the field, not in the middle of a word. */
  show(problem) {
    this.wrong = problem;
    if (problem && this.isFocused() && this.state === "refused" && !closed) return;
    if (this.shown !== problem) this.problem.innerHTML = problem; // a button may be pressed now
    this.shown = problem;
    for (const one of this.controls()) {
      if (problem && this.state === "refused") one.setAttribute("aria-invalid", "true");
      else one.removeAttribute("aria-invalid");
    }
  }

  async send() {
    clearTimeout(this.timer);
    if (closed || this.state === "conflict" || this.isClean() || !this.root.isConnected) return;
    const sent = this.values();
    const wasFilled = this.saved !== "" && JSON.parse(this.saved).some(([, value]) => value.trim());
    this.say("saving", "Enregistrement…");
    sayAll();
    const answer = await post(this.root.dataset.save, this.body());
    if (!answer) return this.say("failed", "Pas encore enregistré");
    if (answer.problem) {
      this.refused(answer);
    } else {
      this.version = answer.version;
      this.taken(sent);
      this.stale = this.takesFiles;
      if (this.stale) refreshSoon();
      if ("weighed" in this.root.dataset || wasFilled !== this.isFilled()) refreshSoon();
    }
    sayAll();
  }

  taken(sent) {
    this.saved = JSON.stringify(sent);
    this.root.querySelector(".field__error")?.remove();
    this.root.querySelector(".field--invalid")?.classList.remove("field--invalid");
    this.state = "clean";
    this.show("");
    if (!this.isClean()) return this.typed();
    copies.forget(this.id);
    this.say("clean", `Enregistré à ${clock(new Date())}`);
  }

  refused({ problem, status, version, closed: tooLate }) {
    this.theirVersion = version;
    closed ||= Boolean(tooLate);
    this.say(status === 409 && !tooLate ? "conflict" : "refused", "Pas enregistré");
    this.show(problem);
    if (this.state === "conflict" || tooLate) {
      aloud.textContent = this.problem.querySelector("p")?.textContent.trim() ?? "";
    }
  }

  offerBack() {
    const copy = copies.read(this.id);
    if (!copy) return;
    if (JSON.stringify(copy.values) === JSON.stringify(this.values())) {
      return copies.forget(this.id);
    }
    const words = copy.values.map(([, value]) => value.trim()).filter(Boolean);
    const take = () => {
      this.write(copy.values);
      this.typed();
      save(this);
    };
    const drop = () => {
      copies.forget(this.id);
      this.controls()[0]?.focus();
    };
    this.root.append(offer(copy, words.join(" · ") || "(effacé)", { take, drop }));
  }

  write(values) {
    for (const one of this.controls()) {
      const given = values.filter(([name]) => name === one.name).map(([, value]) => value);
      if (["checkbox", "radio"].includes(one.type)) one.checked = given.includes(one.value);
      else one.value = given[0] ?? "";
      one.dispatchEvent(new Event("input", { bubbles: true }));
    }
  }
}

function save(question) {
  waiting += 1;
  queue = queue
    .then(() => question.send())
    .catch(() => question.say("failed", "Pas encore enregistré"))
    .finally(() => (waiting -= 1));
  return queue;
}

const unsaved = () => [...questions.values()].filter((one) => !one.isClean());

/* --- Talking to the site ----------------------------------------------------------------------- */

const token = () => JSON.parse(document.body.getAttribute("hx-headers"));

/* What the site answers, or null when it cannot: one is told so, and it is tried again. */
async function post(address, body, { again = true } = {}) {
  const isLong = [...body.values()].some((one) => one instanceof File);
  let [response, isJson, said] = [];
  try {
    response = await fetch(address, {
      method: "POST",
      headers: { Accept: "application/json", ...token() },
      body,
      signal: AbortSignal.timeout(isLong ? PATIENCE_FOR_FILES : PATIENCE),
    });
    isJson = response.headers.get("Content-Type")?.startsWith("application/json");
    said = isJson ? await response.json() : {};
  } catch {
    return fail("Le site est injoignable.");
  }
  if (response.status === 401) return signedOut();
  if (response.status === 403 && !isJson && again) {
    // The page is older than the present session: a new one knows the new token.
    return (await refresh()) ? post(address, body, { again: false }) : null;
  }
  if (!isJson) return fail("Le site ne répond pas.");
  retry.delay = FIRST_RETRY;
  return { ...said, status: response.status };
}

function fail(why) {
  clearTimeout(retry.timer);
  const seconds = Math.round(retry.delay / 1_000);
  retry.timer = setTimeout(tryAgain, retry.delay);
  retry.delay = Math.min(2 * retry.delay, LONGEST_RETRY);
  sayAll({
    text: `${why} ${safe()}, nouvel essai dans ${seconds}\u00A0s.`,
    actions: [button("Réessayer", tryAgain)],
  });
  return null;
}

function signedOut() {
  const link = element("a", "", "Se reconnecter dans un autre onglet");
  link.href = `${form.dataset.signIn}?next=${encodeURIComponent(location.pathname)}`;
  link.target = "_blank";
  sayAll({
    text: `Votre session est terminée. ${safe()}\u00A0: il sera enregistré à votre retour ici.`,
    actions: [link],
  });
  return null;
}

function tryAgain() {
  clearTimeout(retry.timer);
  const left = unsaved().filter((one) => one.state !== "conflict");
  for (const question of left) save(question);
  if (!left.length && form.querySelector(".savebar__state--failed")) sayAll();
}

/* --- The page as it is now on the site --------------------------------------------------------- */

let refreshing;
function refreshSoon() {
  clearTimeout(refreshing);
  refreshing = setTimeout(refresh, 300);
}

/* Brings in what changed elsewhere; true when the page could be had, as the same person. */
async function refresh() {
  let [response, text] = [];
  try {
    response = await fetch(location.pathname, { headers: { Accept: "text/html" } });
    text = await response.text();
  } catch {
    return Boolean(fail("Le site est injoignable."));
  }
  if (response.redirected) return Boolean(signedOut());
  if (!response.ok) return Boolean(fail("Le site ne répond pas."));
  const page = new DOMParser().parseFromString(text, "text/html");
  const theirs = page.querySelector("form[data-autosave]");
  if (theirs && theirs.dataset.autosave !== form.dataset.autosave) {
    sayAll({ text: `Vous êtes sous un autre nom. ${safe()}\u00A0: rechargez cette page.` });
    return false;
  }
  document.body.setAttribute("hx-headers", page.body.getAttribute("hx-headers"));
  if (theirs) merge(page, theirs);
  return true;
}

function merge(page, theirs) {
  const csrf = "[name=csrfmiddlewaretoken]";
  form.querySelector(csrf).value = theirs.querySelector(csrf).value;
  for (const id of ["rubriques", "manque"]) {
    const [mine, fresh] = [document.getElementById(id), page.getElementById(id)];
    if (mine && fresh && mine.innerHTML !== fresh.innerHTML && !mine.matches(":focus-within")) {
      mine.innerHTML = fresh.innerHTML;
    }
  }
  const asked = [...theirs.querySelectorAll("[data-question]")];
  const said = [];
  let before = null;
  for (const fresh of asked) {
    let mine = form.querySelector(`[data-question="${fresh.dataset.question}"]`);
    const version = Number(fresh.querySelector(`[name="v${fresh.dataset.question}"]`).value);
    if (!mine) {
      mine = document.importNode(fresh, true);
      mine.classList.add("question--new");
      if (before) before.after(mine);
      else form.querySelector("[data-question], .savebar").before(mine);
      adopt(mine);
      said.push("Une question s’ajoute.");
    } else {
      const question = questions.get(mine);
      const hadFocus = question.isFocused();
      const isNewer = !hadFocus && version > question.version;
      if (question.isClean() && (question.stale || isNewer)) {
        const changed = document.importNode(fresh, true);
        const was = question.takesFiles ? question.line.textContent : "";
        mine.replaceWith(changed);
        questions.delete(mine);
        adopt(changed).say("clean", was || `Repris de l’équipe à ${clock(new Date())}`);
        if (question.takesFiles && hadFocus) changed.querySelector("input")?.focus();
        mine = changed;
      } else if (!mine.querySelector(".question__earlier")) {
        const link = fresh.querySelector(".question__earlier");
        if (link) question.line.before(document.importNode(link, true));
      }
    }
    before = mine;
  }
  const still = new Set(asked.map((one) => one.dataset.question));
  for (const question of [...questions.values()]) {
    if (still.has(question.id) || !question.isClean() || question.isFocused()) continue;
    question.root.remove();
    questions.delete(question.root);
    said.push("Une question ne se pose plus.");
  }
  if (said.length) aloud.textContent = [...new Set(said)].join(" ");
}

function adopt(root) {
  const question = new Question(root);
  questions.set(root, question);
  root.dispatchEvent(new Event("question:added", { bubbles: true }));
  return question;
}

/* --- A colleague was faster -------------------------------------------------------------------- */

/* The text that is not chosen becomes an earlier one. Nothing changes before the site has said so. */
async function choose(pressed) {
  const question = questions.get(pressed.closest("[data-question]"));
  if (pressed.dataset.choose === "mine") {
    question.say("typed", "");
    question.show("");
    question.version = question.theirVersion;
    return save(question);
  }
  const [body, sent] = [question.body(), question.values()];
  body.set(`v${question.id}`, question.theirVersion);
  body.append("laisser", "oui");
  const answer = await post(question.root.dataset.save, body);
  if (!answer) return;
  if (answer.problem) return question.refused(answer);
  question.version = answer.version;
  question.taken(sent);
  question.stale = true;
  await refresh();
  sayAll();
}

/* --- Everything together ----------------------------------------------------------------------- */

function of(event) {
  return questions.get(event.target.closest?.("[data-question]"));
}

if (form) {
  document.body.append(aloud);
  Copies.forgetOld();
  for (const root of form.querySelectorAll("[data-question]")) adopt(root);
  for (const kind of ["input", "change"]) {
    form.addEventListener(kind, (event) => of(event)?.typed());
  }
  form.addEventListener("focusout", (event) => {
    const question = of(event);
    if (!question) return;
    setTimeout(() => question.wrong && question.show(question.wrong));
  });
  form.addEventListener("click", (event) => {
    const pressed = event.target.closest("[data-choose]");
    if (pressed) choose(pressed);
  });
  form.addEventListener("submit", (event) => {
    for (const question of questions.values()) clearTimeout(question.timer);
    if (!waiting) return;
    event.preventDefault();
    queue.finally(() => form.requestSubmit(event.submitter));
  });
  document.addEventListener("dossier:changed", refresh);
  addEventListener("online", tryAgain);
  addEventListener("focus", tryAgain);
  addEventListener("pagehide", () => {
    for (const question of unsaved()) {
      if (closed || question.state === "conflict") continue;
      fetch(question.root.dataset.save, {
        method: "POST",
        headers: { Accept: "application/json", ...token() },
        body: question.body(),
        keepalive: true,
      }).catch(() => {});
    }
  });
  addEventListener("beforeunload", (event) => {
    if (!copies.works && unsaved().length) event.preventDefault();
  });
}

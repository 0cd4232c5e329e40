/* Lifts what was just done over the page. It stays at least ten seconds, and as long as one stops on
   it with the mouse or the keyboard; the page itself shows what was done. */
const LEAST = 10_000; // milliseconds
const READING = 80; // milliseconds for a character

const region = document.createElement("div");
region.className = "toasts";
region.setAttribute("role", "status");
document.body.append(region);

function dismiss(toast) {
  const inside = toast.contains(document.activeElement);
  toast.remove();
  if (inside) document.querySelector("main")?.focus();
}

function lift(toast) {
  let timer;
  const wait = () => {
    clearTimeout(timer);
    timer = setTimeout(dismiss, Math.max(LEAST, toast.textContent.length * READING), toast);
  };
  const hold = () => clearTimeout(timer);
  const close = toast.querySelector(".toast__close");
  close.hidden = false;
  close.addEventListener("click", () => dismiss(toast));
  toast.addEventListener("mouseenter", hold);
  toast.addEventListener("mouseleave", wait);
  toast.addEventListener("focusin", hold);
  toast.addEventListener("focusout", wait);
  // Moved once the region is known to be there: a screen reader then says it.
  region.append(toast);
  wait();
}

setTimeout(() => document.querySelectorAll(".messages [data-toast]").forEach(lift), 100);

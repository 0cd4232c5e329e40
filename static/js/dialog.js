/* A link that carries data-dialog opens that dialog in place of the page that asks the same. The
   browser keeps the focus inside, closes on Escape and gives the focus back. */
for (const dialog of document.querySelectorAll("dialog")) {
  // Outside the box is the backdrop.
  dialog.addEventListener("click", (event) => {
    if (event.target === dialog && !inside(dialog.getBoundingClientRect(), event)) dialog.close();
  });
}

function inside(box, { clientX, clientY }) {
  return clientX >= box.left && clientX <= box.right && clientY >= box.top && clientY <= box.bottom;
}

document.addEventListener("click", (event) => {
  const link = event.target.closest("[data-dialog]");
  if (!link || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
  const dialog = document.getElementById(link.dataset.dialog);
  if (!dialog) return;
  event.preventDefault();
  dialog.showModal();
});

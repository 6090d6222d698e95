// Datasette's own: a click outside an open menu closes it.
document.body.addEventListener("click", (event) => {
  const inside = event.target.closest("details.nav-menu, details.actions-menu-links");
  document.querySelectorAll("details.nav-menu[open], details.actions-menu-links[open]").forEach((menu) => {
    if (menu !== inside) menu.open = false;
  });
});

// What is better with a script: suggestions while typing, and a speaker followed through an article. Everything works without it.
window.DATASETTE_ALLOW_FACET = document.body.classList.contains("quotes-allow-facet");

function suggestFor(input, number) {
  const kind = input.dataset.quotesSuggests;
  const list = document.createElement("ul");
  list.id = `quotes-suggestions-${number}`;
  list.className = "quotes-suggestions";
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", "Suggestions");
  list.hidden = true;
  input.parentElement.append(list);
  for (const [name, value] of Object.entries({ role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": list.id })) {
    input.setAttribute(name, value);
  }
  let waiting, asked = 0, active = -1;

  const close = () => {
    list.hidden = true;
    active = -1;
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
  };
  const choose = (option) => {
    if (kind) {
      input.value = option.dataset.name;
      close();
    } else {
      location.href = option.dataset.url;
    }
  };
  const mark = (next) => {
    const options = list.children;
    if (!options.length) return;
    if (active >= 0) options[active].setAttribute("aria-selected", "false");
    active = (next + options.length + 1) % (options.length + 1) - 0;
    if (active === options.length) active = -1;
    if (active < 0) { input.removeAttribute("aria-activedescendant"); return; }
    options[active].setAttribute("aria-selected", "true");
    input.setAttribute("aria-activedescendant", options[active].id);
  };
  const show = (found) => {
    list.replaceChildren(...found.map((each, nth) => {
      const option = document.createElement("li");
      option.id = `${list.id}-${nth}`;
      option.setAttribute("role", "option");
      option.setAttribute("aria-selected", "false");
      option.dataset.url = each.url;
      option.dataset.name = each.name;
      const name = document.createElement("span");
      name.textContent = each.name;
      const about = document.createElement("small");
      about.textContent = `${each.kind}, ${each.quotes.toLocaleString("en")} ${each.quotes === 1 ? "quote" : "quotes"}`;
      option.append(name, about);
      option.addEventListener("mousedown", (event) => { event.preventDefault(); choose(option); });
      return option;
    }));
    active = -1;
    list.hidden = !found.length;
    input.setAttribute("aria-expanded", String(!list.hidden));
  };

  input.addEventListener("input", () => {
    clearTimeout(waiting);
    const words = input.value.trim();
    if (words.length < 2) { close(); return; }
    waiting = setTimeout(async () => {
      const mine = ++asked;
      try {
        const answer = await fetch(`${document.body.dataset.quotesSuggest}?q=${encodeURIComponent(words)}`);
        if (!answer.ok || mine !== asked || document.activeElement !== input) return;
        const found = await answer.json();
        show(kind ? found.filter((each) => each.kind === kind) : found);
      } catch { close(); }
    }, 150);
  });
  input.addEventListener("keydown", (event) => {
    if (list.hidden) return;
    if (event.key === "ArrowDown") { event.preventDefault(); mark(active + 1); }
    else if (event.key === "ArrowUp") { event.preventDefault(); mark(active < 0 ? list.children.length - 1 : active - 1); }
    else if (event.key === "Escape") { close(); }
    else if (event.key === "Enter" && active >= 0) { event.preventDefault(); choose(list.children[active]); }
  });
  input.addEventListener("blur", close);
}
document.querySelectorAll("[data-quotes-suggests]").forEach(suggestFor);

function followSpeakers(article) {
  let followed = null, place = -1;
  const keys = article.querySelector(".quotes-keys");
  if (keys) keys.hidden = false;
  const light = (speaker, name) => article.querySelectorAll("[data-speaker]").forEach((each) => {
    each.classList.toggle(name, speaker !== null && each.dataset.speaker === speaker);
  });
  const marks = () => [...article.querySelectorAll(".quotes-notes li")].filter((each) => !followed || each.dataset.speaker === followed);
  const follow = (speaker) => {
    followed = followed === speaker ? null : speaker;
    place = -1;
    light(followed, "quotes-followed");
    article.classList.toggle("quotes-following", followed !== null);
    article.querySelectorAll(".quotes-cast a").forEach((each) => {
      if (each.dataset.quotesFollow === followed) each.setAttribute("aria-current", "true");
      else each.removeAttribute("aria-current");
    });
  };
  const go = (step) => {
    const all = marks();
    if (!all.length) return;
    place = Math.max(0, Math.min(all.length - 1, place + step));
    const link = all[place].querySelector(".quotes-number");
    location.hash = link.hash;
    link.focus({ preventScroll: true });
  };
  const current = article.querySelector(".quotes-cast [aria-current]");
  if (current) followed = current.dataset.quotesFollow;

  article.addEventListener("click", (event) => {
    const link = event.target.closest("[data-quotes-follow]");
    if (!link || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    const cast = link.closest(".quotes-cast");
    follow(link.dataset.quotesFollow);
    if (followed && cast) go(1);
  });
  for (const [start, end] of [["mouseover", "mouseout"], ["focusin", "focusout"]]) {
    article.addEventListener(start, (event) => {
      const over = event.target.closest("[data-speaker]");
      if (over) light(over.dataset.speaker, "quotes-lit");
    });
    article.addEventListener(end, () => light(null, "quotes-lit"));
  }
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest("input, textarea, select")) return;
    if (event.key === "n") go(1);
    else if (event.key === "p") go(-1);
    else if (event.key === "Escape" && followed) follow(followed);
  });
}
document.querySelectorAll("article.quotes-article").forEach(followSpeakers);

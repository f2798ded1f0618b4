// Loads the page again when there is a newer one, and shows what stands against it. `peerageTold` comes from the server.
{
  const OWN = "/__peerage/";
  const RETRY = 1000;
  const state = new URL(document.currentScript.src).searchParams.get("state");
  let asked = null;

  // Pages may connect to nothing, but load pictures of their own host: the answer comes when there is something new.
  function ask() {
    // Browsers open few connections to one host; pages that nobody sees ask when they are seen.
    if (asked || document.hidden) return;
    asked = new Image();
    asked.onload = () => location.reload();
    asked.onerror = () => {
      asked = null;
      setTimeout(ask, RETRY);
    };
    asked.src = `${OWN}next?seen=${encodeURIComponent(state)}`;
  }

  function stop() {
    if (!asked) return;
    asked.onload = asked.onerror = null;
    asked.src = "";
    asked = null;
  }

  /** An element with a text, and with others in it. */
  function element(name, text, ...parts) {
    const made = document.createElement(name);
    if (text) made.textContent = text;
    made.append(...parts);
    return made;
  }

  /** A button that puts a place where it can be pasted, and says so. */
  function copier(place) {
    const button = element("button", "Copy");
    button.setAttribute("aria-label", `Copy ${place}`);
    button.onclick = async () => {
      await navigator.clipboard.writeText(place);
      button.textContent = "Copied";
    };
    return button;
  }

  function shown({ place, page, text }) {
    const name = page ? element("a", place) : element("code", place);
    if (page) name.href = `/${page}`;
    const source = element("pre", text);
    return element("li", "", element("p", "", name, " ", copier(place)), source);
  }

  /** What stands against the pages, on top of them. The styles of the page do not reach into it, nor its own out. */
  function show({ title, stays, failure, errors, more }) {
    const heading = element("h2", title);
    heading.id = "title";
    const hide = element("button", "Hide");
    const panel = element("section", "", element("header", "", heading, hide));
    panel.setAttribute("aria-labelledby", heading.id);
    panel.append(element("p", stays));
    if (failure) panel.append(element("pre", failure));
    if (errors.length) panel.append(element("ol", "", ...errors.map(shown)));
    if (more) panel.append(element("p", `And ${more} more: \`peerage check\` shows all of them.`));

    const host = element("div");
    host.id = "peerage-findings";
    const style = element("link");
    style.rel = "stylesheet";
    style.href = `${OWN}live.css`;
    const close = () => host.remove();
    hide.onclick = close;
    panel.onkeydown = ({ key }) => { if (key === "Escape") close(); };
    style.onload = style.onerror = () => {
      panel.hidden = false;
      // A page that was loaded again has the focus nowhere: here whoever has a keyboard, or is read to, comes first.
      panel.focus({ preventScroll: true });
    };
    panel.hidden = true;
    panel.tabIndex = -1;
    // What is scrolled sideways is reached with the keyboard.
    new ResizeObserver(() => {
      for (const text of panel.querySelectorAll("pre")) text.tabIndex = text.scrollWidth > text.clientWidth ? 0 : -1;
    }).observe(panel);
    host.attachShadow({ mode: "open" }).append(style, panel);
    document.body.append(host);
  }

  if (peerageTold.title) show(peerageTold);
  document.addEventListener("visibilitychange", () => (document.hidden ? stop() : ask()));
  addEventListener("pagehide", stop);
  addEventListener("pageshow", ({ persisted }) => { if (persisted) ask(); });
  // Before the page is whole, asking would keep it from becoming so.
  if (document.readyState === "complete") ask();
  else addEventListener("load", ask);
}

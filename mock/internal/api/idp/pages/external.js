(async () => {
  "use strict";
  const login = document.currentScript.dataset.login;
  const show = (title, text) => {
    document.querySelector("h1").textContent = title;
    document.getElementById("text").textContent = text;
  };
  const failed = (text) => {
    show("You could not be logged in", text);
    const place = document.getElementById("text");
    place.className = "alert";
    place.setAttribute("role", "alert");
  };
  const params = (text) => new URLSearchParams(text.slice(1).replaceAll("+", "%2B"));
  const sources = [params(location.search), params(location.hash)];
  const read = (name) => sources.map((source) => source.get(name)).find((value) => value) || "";
  const ott = read("ott");
  const wanted = read("targetURI");
  history.replaceState(null, "", location.pathname);

  let target = null;
  if (wanted) {
    try {
      target = new URL(wanted, location.href);
    } catch {
      target = null;
    }
    if (!target || !/^https?:$/.test(target.protocol) || target.username || target.password) {
      failed("The link that brought you here leads to an address that cannot be opened.");
      return;
    }
  }
  if (!ott) {
    failed("The link that brought you here holds no login token.");
    return;
  }

  let answer;
  try {
    answer = await fetch(login, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify({ ott }),
    });
  } catch {
    failed("The server does not answer. Please go back and try again.");
    return;
  }
  if (!answer.ok) {
    failed("The login token was used before or has expired. Please go back and try again.");
    return;
  }

  const loopback = (host) => /^(localhost|.+\.localhost|127\.\d+\.\d+\.\d+|\[::1\])$/.test(host);
  const origins = (answer.headers.get("X-Tenantry-Origins") || "").split(" ");
  if (!target) {
    show("You are logged in", "You can close this page.");
  } else if (target.hostname === location.hostname || loopback(target.hostname) || origins.includes(target.origin)) {
    location.replace(target.href);
  } else {
    show("You are logged in", "The link that brought you here leads to another site:");
    const link = document.getElementById("target");
    link.href = target.href;
    link.textContent = target.href;
    document.getElementById("onward").hidden = false;
  }
})();

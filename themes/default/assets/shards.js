"use strict";
// What the pages share that look through the whole directory: loading its files, folding what was typed, and keeping
// it where the language is changed. The files are
// classic scripts that hand over their data, since a page from a disk may read nothing else.
{
  // The site's Content-Security-Policy lets a script be loaded only from an address that this policy has let through.
  const check = (url) => {
    if (!/^(\.\.\/)*[a-z]+\/[a-z]+\/[a-z0-9/-]+\.js$/.test(url)) throw new TypeError(url);
    return url;
  };
  const policy = window.trustedTypes?.createPolicy("peerage", { createScriptURL: check }) ?? { createScriptURL: check };

  /** What loads the files of a folder, which call the function `register`, by their names. */
  function loader(register, folder) {
    const arrived = new Map();
    const asked = new Map();
    window[register] = (name, data) => arrived.set(name, data);

    return (name) => {
      if (!asked.has(name)) {
        asked.set(name, new Promise((resolve, reject) => {
          const script = document.createElement("script");
          script.onload = script.onerror = () => {
            script.remove();
            const data = arrived.get(name);
            arrived.delete(name);
            if (data) return resolve(data);
            asked.delete(name);
            reject(new Error(`${folder}${name}.js`));
          };
          script.src = policy.createScriptURL(`${folder}${name}.js`);
          document.head.append(script);
        }));
      }
      return asked.get(name);
    };
  }

  /** The words of a text, folded as the files are: without case, accents and what stands between them. */
  function words(text) {
    const plain = text.normalize("NFKD").replace(/\p{M}/gu, "");
    return [...plain].map((letter) => letter.toLowerCase()).join("").match(/[\p{Alphabetic}\p{N}]+/gu) ?? [];
  }

  /** What is asked here is asked in the other languages, too: their links have the fragment of this address. */
  function sameInOtherLanguages() {
    for (const link of document.querySelectorAll(".cover a[hreflang]")) link.hash = location.hash;
  }

  Object.assign(peerage, { loader, words, sameInOtherLanguages });
}

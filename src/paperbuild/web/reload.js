// Loads the page again once the server has a newer version of it. Put into pages as they are served.
(() => {
  const { of: page = "", version } = document.currentScript.dataset;

  const ask = async () => {
    try {
      const answer = await fetch(`/-/version${page}`, { cache: "no-store" });
      if (answer.ok && (await answer.text()) !== version) {
        location.reload();
        return;
      }
    } catch {
      // The server has ended; it may come back.
    }
    setTimeout(ask, document.hidden ? 3000 : 700);
  };

  setTimeout(ask, 700);
})();

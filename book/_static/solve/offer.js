// Offers to solve an exercise on the page. Until somebody accepts, nothing else is loaded.

(() => {
  const here = document.currentScript.src;

  const isBegun = ({ notebook, exercise }) => {
    try {
      return localStorage.getItem(`solve ${notebook.split("_sources/")[1]} ${exercise}`) !== null;
    } catch {
      return false; // a browser may refuse to keep anything
    }
  };

  for (const section of document.querySelectorAll("section.solve")) {
    section.innerHTML = '<p class="solve-offer"><button type="button"></button><span role="status"></span></p>';
    const [button, status] = section.firstChild.children;
    button.textContent = isBegun(section.dataset) ? "Go on here" : "Solve it here";
    status.textContent = `Python, in your browser: ${section.dataset.size} MB, loaded once.`;
    button.addEventListener("click", async () => {
      if (location.protocol === "file:") {
        status.textContent =
          "From a folder no browser runs this: start “python3 -m http.server” there and open http://localhost:8000.";
        return;
      }
      status.textContent = "Loading …";
      try {
        const { open } = await import(new URL("field.js", here));
        await open(section);
      } catch (error) {
        status.textContent = `It could not be loaded (${error.message}). Try again?`;
      }
    });
    section.hidden = false;
  }
})();

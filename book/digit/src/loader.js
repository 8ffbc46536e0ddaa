// Loads the network, and the page's part around it, when a reader asks for it. Until then a picture
// stands there. Who opens the page and does nothing more loads nothing: it is more than all the rest of a page.

const here = document.currentScript.src;

/** Load a script that lies beside this one. */
function load(name) {
  return new Promise((done, failed) => {
    const script = document.createElement("script");
    script.src = new URL(name, here);
    script.onload = done;
    script.onerror = () => failed(new Error(`${name} could not be loaded`));
    document.head.append(script);
  });
}

/** Offer the network in an element of the page. */
function offer(frame) {
  frame.innerHTML = `
    <div class="digit-offer">
      <img src="${new URL("preview.png", here)}" width="720" height="360" alt="A handwritten 3, maps of each layer of the network that it becomes, and the ten probabilities">
      <button type="button">Start the network</button>
      <p role="status">It runs on this page, in your browser (2.3&nbsp;MB).</p>
    </div>`;
  const button = frame.querySelector("button");
  const status = frame.querySelector("p");

  async function start() {
    if (button.getAttribute("aria-disabled")) return;
    button.setAttribute("aria-disabled", "true"); // not `disabled`: that would lose the focus
    status.textContent = "Loading …";
    try {
      await Promise.all([load("digit.js"), load("weights.js")]);
      await digit.start(frame, digitData);
    } catch (error) {
      button.removeAttribute("aria-disabled");
      status.textContent = `The network did not start: ${error.message}. Try again?`;
    }
  }

  button.addEventListener("click", start);
}

document.querySelectorAll(".digit-frame").forEach(offer);

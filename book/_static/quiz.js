// A chapter's quiz: says what the chosen option leads to, and counts what was right at first try.

(() => {
  const score = document.querySelector(".quiz-score");
  const [sentence, status] = score.querySelectorAll("p");
  const forms = [...document.querySelectorAll("form.quiz")];
  const key = `quiz ${score.dataset.chapter}`;

  // question -> was the first try right? A browser may refuse to keep anything.
  let tries = {};
  let kept = true;
  try {
    tries = JSON.parse(localStorage.getItem(key)) ?? {};
  } catch {
    kept = false;
  }

  const store = (change) => {
    try {
      change(localStorage);
      kept = true;
    } catch {
      kept = false;
    }
  };

  const showScore = () => {
    const answered = forms.map((form) => tries[form.dataset.question]).filter((t) => t !== undefined);
    const right = answered.filter(Boolean).length;
    const left = forms.length - answered.length;
    sentence.textContent =
      (answered.length ? `${right} of ${answered.length} answered right at first try` : "Nothing answered yet") +
      (left ? `, ${left} to go. ` : ". ") +
      (kept ? "Only this browser keeps that." : "Your browser keeps nothing: it is forgotten when you leave.");
  };

  const boxOf = (form) => form.querySelector(".quiz-feedback");

  const feedbackIn = (box) => {
    const bytes = Uint8Array.from(atob(box.dataset.feedback), (letter) => letter.charCodeAt(0));
    return JSON.parse(new TextDecoder().decode(bytes));
  };

  const check = (form) => {
    const box = boxOf(form);
    const chosen = form.elements.option.value;
    if (chosen === "") {
      box.textContent = "Choose an option first.";
      return;
    }
    const { right, html } = feedbackIn(box)[chosen];
    box.innerHTML = html;
    box.classList.add(right ? "quiz-right" : "quiz-wrong");
    tries[form.dataset.question] ??= right;
    store((storage) => storage.setItem(key, JSON.stringify(tries)));
    status.textContent = "";
    showScore();
  };

  // What was said about another option would be read as said about this one.
  const clear = (form) => {
    boxOf(form).classList.remove("quiz-right", "quiz-wrong");
    boxOf(form).replaceChildren();
  };

  for (const form of forms) {
    form.reset(); // some browsers bring back the last choice, without its feedback
    const button = form.querySelector("button");
    button.hidden = button.disabled = false;
    form.addEventListener("change", () => clear(form));
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      clear(form);
      check(form);
    });
  }

  score.querySelector("button").addEventListener("click", () => {
    tries = {};
    store((storage) => storage.removeItem(key));
    for (const form of forms) {
      form.reset();
      clear(form);
    }
    showScore();
    status.textContent = "Forgotten.";
  });

  document.querySelector(".quiz-without-script").remove();
  showScore();
  score.hidden = false;
})();

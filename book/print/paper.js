// On paper nothing unfolds. An answer folded on the website moves to its chapter's end; a solution,
// which has a page of its own, stands where it is; what a card of the map folds, the chapter says.

document.title = document.querySelector("h1").textContent;

/** Show what is folded in an element without the line that unfolds it. */
function showInPlace(details) {
  details.querySelector("summary").remove();
  details.replaceWith(...details.childNodes);
}

/** Move the answers of one chapter to its end. Returns how many there were. */
function unfold(chapter) {
  const folded = [...chapter.querySelectorAll("details:not([class])")];
  if (!folded.length) return 0;
  const answers = document.createElement("section");
  answers.innerHTML = "<h3>Answers</h3>";
  let question = null;
  for (const details of folded) {
    const summary = details.querySelector("summary");
    const before = details.previousElementSibling;
    if (before && before.className !== "paper-option") {
      question = before.cloneNode(true);
      question.className = "paper-question";
      answers.append(question);
    }
    const option = document.createElement("p");
    option.className = "paper-option";
    option.append(...[...summary.childNodes].map((node) => node.cloneNode(true)));
    const answer = document.createElement("div");
    answer.className = "paper-answer";
    const label = document.createElement("strong");
    label.append(...summary.childNodes);
    summary.remove();
    answer.append(label, ...details.childNodes);
    answers.append(answer);
    details.replaceWith(option);
  }
  chapter.append(answers);
  return folded.length;
}

document.querySelectorAll("section.solution > details").forEach(showInPlace);
document.querySelectorAll(".course-map details").forEach((details) => details.remove());
document.querySelectorAll(".toctree-wrapper > section").forEach(unfold);

// Built by `make digit` from book/digit, sources c65f5663e4e8ecd819bf22bcbd55de363688c55b8c7837ecaf37d896b39560a4. Licences: LICENCES.txt
(()=>{var o=document.currentScript.src;function i(t){return new Promise((e,n)=>{let r=document.createElement("script");r.src=new URL(t,o),r.onload=e,r.onerror=()=>n(new Error(`${t} could not be loaded`)),document.head.append(r)})}function s(t){t.innerHTML=`
    <div class="digit-offer">
      <img src="${new URL("preview.png",o)}" width="720" height="360" alt="A handwritten 3, maps of each layer of the network that it becomes, and the ten probabilities">
      <button type="button">Start the network</button>
      <p role="status">It runs on this page, in your browser (2.3&nbsp;MB).</p>
    </div>`;let e=t.querySelector("button"),n=t.querySelector("p");async function r(){if(!e.getAttribute("aria-disabled")){e.setAttribute("aria-disabled","true"),n.textContent="Loading \u2026";try{await Promise.all([i("digit.js"),i("weights.js")]),await digit.start(t,digitData)}catch(a){e.removeAttribute("aria-disabled"),n.textContent=`The network did not start: ${a.message}. Try again?`}}}e.addEventListener("click",r)}document.querySelectorAll(".digit-frame").forEach(s);})();

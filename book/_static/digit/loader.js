// Built by `make digit` from book/digit, sources 02b20cd0d3ad4b14011ecf965dd1410786f9bc629145c38a143f9c048235458c. Licences: LICENCES.txt
(()=>{var c=document.currentScript.src;function s(t){return new Promise((r,n)=>{let e=document.createElement("script");e.src=new URL(t,c),e.onload=r,e.onerror=()=>n(new Error(`${t} could not be loaded`)),document.head.append(e)})}function d(t){t.innerHTML=`
    <div class="digit-offer">
      <button type="button">Start the network</button>
      <p role="status">It runs on this page, in your browser (2.3&nbsp;MB).</p>
    </div>`;let r=t.querySelector("button"),n=t.querySelector("p");async function e(){if(!r.getAttribute("aria-disabled")){r.setAttribute("aria-disabled","true"),n.textContent="Loading \u2026";try{await Promise.all([s("digit.js"),s("weights.js")]),await digit.start(t,digitData)}catch(o){r.removeAttribute("aria-disabled"),n.textContent=`The network did not start: ${o.message}. Try again?`}}}if(r.addEventListener("click",e),navigator.connection?.saveData)return;let i=new IntersectionObserver(o=>{o.some(a=>a.isIntersecting)&&(i.disconnect(),e())});i.observe(t)}document.querySelectorAll(".digit-frame").forEach(d);})();

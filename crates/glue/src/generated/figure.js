var $figure=(()=>{var z=Object.defineProperty;var _=Object.getOwnPropertyDescriptor;var B=Object.getOwnPropertyNames;var G=Object.prototype.hasOwnProperty;var J=(t,e)=>{for(var s in e)z(t,s,{get:e[s],enumerable:!0})},Q=(t,e,s,a)=>{if(e&&typeof e=="object"||typeof e=="function")for(let l of B(e))!G.call(t,l)&&l!==s&&z(t,l,{get:()=>e[l],enumerable:!(a=_(e,l))||a.enumerable});return t};var W=t=>Q(z({},"__esModule",{value:!0}),t);var ee={};J(ee,{parts:()=>j,start:()=>U});var b=(t,e={},...s)=>{let a=document.createElement(t);for(let[l,r]of Object.entries(e))a.setAttribute(l,r);return a.append(...s),a},X=t=>Math.min(10,Math.max(0,-Math.floor(Math.log10(t)+1e-9))),O=(t,e)=>{let{name:s}=t,a=s.replaceAll("_"," ");if(t.kind==="bool"){let n=b("input",{type:"checkbox",name:s});return n.checked=t.value,n.addEventListener("input",()=>e(n.checked)),b("label",{class:"control"},b("span",{},a),n)}if(t.kind==="choice"){let n=b("select",{name:s},...t.labels.map((g,u)=>b("option",{value:String(u)},g)));return n.value=String(t.value),n.addEventListener("input",()=>e(Number(n.value))),b("label",{class:"control"},b("span",{},a),n)}if(t.kind==="range"){let n=[...t.value],g=n.map((u,x)=>I({...t,kind:"number",log:!1,value:u,name:`${s} ${x?"to":"from"}`},v=>{n[x]=v,n[0]>n[1]&&(n[1-x]=v,g[1-x].set(v)),e([...n])}));return b("div",{class:"control",role:"group","aria-label":a},b("span",{},a),b("span",{class:"pair"},...g.map(({track:u})=>u)),b("span",{class:"pair"},...g.map(({typed:u})=>u)))}let{track:l,typed:r}=I(t,e);return b("label",{class:"control"},b("span",{},a),l,r)},I=(t,e)=>{let{low:s,high:a,step:l,integer:r,log:n,name:g}=t,u=o=>n?10**o:o,x=o=>n?Math.log10(o):o,v=o=>r?String(o):n?String(Number(o.toPrecision(4))):o.toFixed(X(l)),h=b("input",{type:"range",name:g,"aria-label":g,min:String(s),max:String(a),step:String(l)}),S=b("input",{type:"text",inputmode:"decimal","aria-label":`${g}, value`,size:"7"}),R=o=>{h.value=String(x(o)),S.value=v(o),h.setAttribute("aria-valuetext",S.value)},$=o=>{R(o),e(o)},w=o=>{let C=u(Math.min(Math.max(o,s),a));return r?Math.round(C):C};return h.addEventListener("input",()=>$(w(Number(h.value)))),h.addEventListener("keydown",o=>{let C=o.key==="PageUp"?10:o.key==="PageDown"?-10:0;C&&(o.preventDefault(),$(w(Number(h.value)+C*l)))}),S.addEventListener("change",()=>{let o=Number(S.value.replace("−","-").replace(",","."));$(Number.isFinite(o)&&S.value.trim()?w(x(o)):w(Number(h.value)))}),h.addEventListener("dblclick",()=>$(t.value)),R(t.value),{track:h,typed:S,set:R}};var j={};var P=`:host {
  display: block;
  color: CanvasText;
  color: var(--jp-content-font-color1, inherit);
  font: 15px/1.5 system-ui, sans-serif;
}
.panels {
  display: grid;
  grid-template-columns: repeat(auto-fit, minmax(min(100%, 300px), 1fr));
  gap: 16px;
}
figure {
  margin: 0;
  min-width: 0;
}
figcaption {
  font-weight: 600;
  margin-bottom: 4px;
}
.plot {
  position: relative;
}
.strip {
  position: absolute;
  inset: 0 16px auto 56px;
  display: flex;
  gap: 8px;
  justify-content: space-between;
  align-items: baseline;
  font-size: 13px;
  white-space: nowrap;
}
.legend {
  flex: 1;
  display: flex;
  flex-wrap: wrap;
  justify-content: end;
  max-height: 24px;
  overflow: hidden;
}
.legend button {
  min-width: 0;
  min-height: 24px;
  padding: 0 6px;
  border: 0;
}
.legend [aria-pressed="false"] {
  opacity: 0.45;
  text-decoration: line-through;
}
canvas {
  display: block;
  width: 100%;
  height: 300px;
  touch-action: pan-y;
}
.number {
  font-size: 28px;
  font-variant-numeric: tabular-nums;
}
.scroll {
  overflow: auto;
  max-height: 400px;
}
table {
  border-collapse: collapse;
  font-variant-numeric: tabular-nums;
}
td,
th {
  padding: 4px 12px 4px 0;
  text-align: right;
  font-weight: 400;
}
th {
  opacity: 0.65;
}
.controls {
  display: grid;
  grid-template-columns: minmax(72px, max-content) 1fr max-content;
  gap: 4px 12px;
  margin-top: 12px;
  max-width: 640px;
}
.control {
  display: grid;
  grid-column: 1 / -1;
  grid-template-columns: subgrid;
  align-items: center;
  min-height: 36px;
}
@media (pointer: coarse) {
  .control {
    min-height: 44px;
  }
}
.player {
  display: grid;
  grid-column: 1 / -1;
  grid-template-columns: subgrid;
}
.buttons {
  grid-column: 1 / -1;
  display: flex;
  gap: 8px;
  min-height: 44px;
  align-items: center;
}
button {
  font: inherit;
  color: inherit;
  min-width: 72px;
  min-height: 36px;
  background: transparent;
  border: 1px solid color-mix(in srgb, currentColor 25%, transparent);
  border-radius: 4px;
  cursor: pointer;
}
.pair {
  display: flex;
  gap: 8px;
}
input,
select {
  font: inherit;
  color: inherit;
  accent-color: #4269d0;
  min-width: 0;
}
input[type="range"] {
  width: 100%;
}
input[type="checkbox"] {
  justify-self: start;
  width: 18px;
  height: 18px;
}
input[type="text"],
select {
  background: transparent;
  border: 1px solid color-mix(in srgb, currentColor 25%, transparent);
  border-radius: 4px;
  padding: 2px 6px;
}
select {
  justify-self: start;
}
option {
  background: Canvas;
  color: CanvasText;
}
input[type="text"] {
  width: 5.5em;
  text-align: right;
  font-variant-numeric: tabular-nums;
}
:focus-visible {
  outline: 2px solid #4269d0;
  outline-offset: 2px;
}
.told,
.error {
  min-height: 1.5em;
  margin: 4px 0 0;
  font-size: 13px;
  font-variant-numeric: tabular-nums;
  white-space: pre-wrap;
}
.told {
  opacity: 0.7;
}
.error:empty {
  display: none;
}
.error {
  color: light-dark(#b3261e, #f2b8b5);
}
`;var V=t=>typeof t=="object"&&"data"in t,q=t=>{if(Array.isArray(t))return t.every(V)?"lines":"table";if(!V(t))return"number";let{shape:e,dtype:s}=t;return e.length===3&&s==="uint8"&&(e[2]===3||e[2]===4)?"rgb":e.length===2?"image":e.length===1?"lines":"table"},D=t=>typeof t=="number"&&!Number.isInteger(t)?String(Number(t.toPrecision(6))):String(t),y=(t,e="")=>{let s=document.createElement(t);return e&&(s.className=e),s},Z=t=>({show(e){if(!Array.isArray(e)&&!V(e)){let r=y("div","number");return r.textContent=D(e),t.replaceChildren(r)}let s=Array.isArray(e)?e.map(r=>V(r)?r.toArray():r):e.toArray(),a=y("table");s.slice(0,200).forEach((r,n)=>{let g=a.insertRow(),u=y("th");u.textContent=String(n),g.append(u);for(let x of[r].flat().slice(0,50))g.insertCell().textContent=D(x)});let l=y("div","scroll");l.tabIndex=0,l.append(a),t.replaceChildren(l)},paint(){}}),F=(t,e,s)=>{let a=t.attachShadow({mode:"open"}),l=new CSSStyleSheet;l.replaceSync(P),a.adoptedStyleSheets=[l];let r=y("div","panels"),n=y("div","controls"),g=y("p","told"),u=y("p","error");u.setAttribute("role","alert"),a.append(r,g,u,n);let x=()=>{let{color:i,fontFamily:f}=getComputedStyle(t),[c=0,p=0,m=0]=(i.match(/[\d.]+/g)??[]).map(Number),E=A=>`rgba(${c},${p},${m},${A})`;return{text:i,quiet:E(.65),grid:E(.12),font:f}},v=[],h=[],S=i=>e.views[i]??e.views[0]??{kind:"auto"},R=(i,f)=>{let c={};e.names?.forEach((d,k)=>c[d]=f[k]),e.controls.forEach((d,k)=>c[d.name]=d.kind==="choice"?d.values?.[w[k]]??d.labels[w[k]]:w[k]);let p=d=>d&&(j.titled?.(d,c,e.floats)??d),{title:m,x:E,y:A,y2:N,labels:L}=i;return Object.assign({...i},...Object.entries({title:p(m),x:p(E),y:p(A),y2:p(N),labels:L?.map(d=>p(d))}).map(([d,k])=>k===void 0?{}:{[d]:k}))},$=i=>{v=i.map((c,p)=>{let m=S(p),E=m.kind==="auto"?q(c):m.kind,A=y("figure"),N=m.title??e.names?.[p];if(N){let M=y("figcaption");M.textContent=N,h[p]=M,A.append(M)}if(r.append(A),E==="table"||E==="number"){let M=y("div");return A.append(M),Z(M)}let L=y("canvas");L.setAttribute("role","img"),L.setAttribute("aria-label",N??e.alt);let d=y("div","plot");d.append(L),A.append(d);let k=M=>{g.textContent=M};return E==="image"||E==="rgb"?new j.Image(L,m,x,k):new j.Chart(L,{...m,kind:E},x,k)}),new ResizeObserver(()=>v.forEach(c=>c.paint())).observe(r)},w=e.controls.map(({value:i})=>i),o=(...i)=>{let f=[];return e.controls.forEach((c,p)=>{let m=w[p];c.kind!=="choice"?i.push(m):c.values?i.push(c.values[m]):f.push(m)}),s[e.kernels[f.join()]](...i)},C={values:w,result:void 0};Object.defineProperty(t,"figure",{value:C});let T=e.animation&&j.simulated(e.animation,s,o),K=()=>{try{let i=C.result=T?T.show():o(),f=e.names?i:[i];v.length||$(f),v.forEach((c,p)=>{let m=R(S(p),f);h[p]&&m.title&&(h[p].textContent=m.title),c.relabel?.({...m,kind:m.kind==="auto"?q(f[p]):m.kind}),c.show(f[p])}),u.textContent=""}catch(i){let{name:f,message:c,pyLine:p,pyFunction:m}=i;u.textContent=`${f}: ${c}${p?` (line ${p}, in ${m})`:""}`}},H=!1;e.controls.forEach((i,f)=>n.append(O(i,c=>{w[f]=c,!(H||T)&&(H=!0,requestAnimationFrame(()=>{H=!1,K()}))}))),matchMedia("(prefers-color-scheme: dark)").addEventListener("change",()=>v.forEach(i=>i.paint())),K(),T&&n.prepend(j.player(t,e.animation.speed,K,T,i=>{u.textContent=`${i.name}: ${i.message}`}))};var U=(t,e,s)=>{for(let a of Array.from(document.querySelectorAll(`[data-np="${t}"]:not([data-np-on])`))){a.setAttribute("data-np-on","");let l=r=>{let n=document.createElement("p");n.textContent=`This figure does not move: ${String(r)}`,(a.shadowRoot??a).append(n)};try{let r=s();r.$m.wasm?F(a,e,r):r.$m.init().then(()=>F(a,e,r)).catch(l)}catch(r){l(r)}}};return W(ee);})();

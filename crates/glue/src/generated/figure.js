var $figure=(()=>{var z=Object.defineProperty;var oe=Object.getOwnPropertyDescriptor;var se=Object.getOwnPropertyNames;var le=Object.prototype.hasOwnProperty;var pe=(e,t)=>{for(var a in t)z(e,a,{get:t[a],enumerable:!0})},ue=(e,t,a,i)=>{if(t&&typeof t=="object"||typeof t=="function")for(let l of se(t))!le.call(e,l)&&l!==a&&z(e,l,{get:()=>t[l],enumerable:!(i=oe(t,l))||i.enumerable});return e};var de=e=>ue(z({},"__esModule",{value:!0}),e);var ye={};pe(ye,{parts:()=>k,start:()=>ae});var me=`
const plain = (value) => Array.isArray(value) ? value.map(plain) : value && value.data ? (({ data, shape, dtype }) => ({ data, shape, dtype }))(value.copy()) : value;
onmessage = async ({ data: [name, args] }) => {
  try {
    if (!kernels.$m.wasm) await kernels.$m.init();
    postMessage([plain(kernels[name](...args))]);
  } catch (error) {
    const { name, message, pyLine, pyFunction } = error;
    postMessage([undefined, { name, message, pyLine, pyFunction }]);
  }
};`,X=e=>{if(Array.isArray(e))return e.map(X);if(typeof e!="object")return e;let{data:t,shape:a}=e,i=(o,n,p)=>o===a.length?t[n]:Array.from({length:a[o]},(c,g)=>i(o+1,n+g*p/a[o],p/a[o]));return Object.assign(e,{toArray:()=>i(0,0,t.length)})},Y=(e,t,a)=>{let i=async(n,p)=>(a(),await new Promise(c=>requestAnimationFrame(()=>setTimeout(c))),t(n,p)),l,o=()=>{};try{l=new Worker(URL.createObjectURL(new Blob([`const kernels=(${String(e)})();${me}`],{type:"text/javascript"}))),l.onerror=n=>{n.preventDefault(),l=void 0,o()}}catch{return i}return(n,p)=>new Promise((c,g)=>{if(o=()=>c(i(n,p)),!l)return o();l.onmessage=({data:[v,y]})=>y?g(y):c(X(v)),l.postMessage([n,p])})};var k={};var b=(e,t={},...a)=>{let i=document.createElement(e);for(let[l,o]of Object.entries(t))i.setAttribute(l,o);return i.append(...a),i},ce=e=>Math.min(10,Math.max(0,-Math.floor(Math.log10(e)+1e-9))),ee=(e,t)=>{let{name:a}=e,i=a.replaceAll("_"," ");if(e.kind==="bool"){let n=b("input",{type:"checkbox",name:a});return n.checked=e.value,n.addEventListener("input",()=>t(n.checked)),b("label",{class:"control"},b("span",{},i),n)}if(e.kind==="button"){let n=e.value,p=b("button",{type:"button",name:a},e.label??i);return p.addEventListener("click",()=>t(++n)),b("div",{class:"control"},b("span",{},e.label?i:""),p)}if(e.kind==="table")return b("div",{class:"control"},b("span",{},i),k.table(e,t).element);if(e.kind==="point"||e.kind==="pointer"){let n=[...e.value],p=n.map((c,g)=>{let v=b("input",{type:"number",step:"any",name:`${a} ${"xy"[g]}`,"aria-label":`${a}, ${"xy"[g]}`,value:String(Number(c.toPrecision(6)))});return v.addEventListener("input",()=>{Number.isFinite(v.valueAsNumber)&&(n[g]=v.valueAsNumber,t([...n]))}),v});return b("div",{class:"control",role:"group","aria-label":i},b("span",{},i),b("span",{class:"pair"},...p))}if(e.kind==="choice"){let n=b("select",{name:a},...e.labels.map((p,c)=>b("option",{value:String(c)},p)));return n.value=String(e.value),n.addEventListener("input",()=>t(Number(n.value))),b("label",{class:"control"},b("span",{},i),n)}if(e.kind==="range"){let n=[...e.value],p=n.map((c,g)=>Z({...e,kind:"number",log:!1,value:c,name:`${a} ${g?"to":"from"}`},v=>{n[g]=v,n[0]>n[1]&&(n[1-g]=v,p[1-g].set(v)),t([...n])}));return b("div",{class:"control",role:"group","aria-label":i},b("span",{},i),b("span",{class:"pair"},...p.map(({track:c})=>c)),b("span",{class:"pair"},...p.map(({typed:c})=>c)))}let{track:l,typed:o}=Z(e,t);return b("label",{class:"control"},b("span",{},i),l,o)},Z=(e,t)=>{let{low:a,high:i,step:l,integer:o,log:n,name:p}=e,c=u=>n?10**u:u,g=u=>n?Math.log10(u):u,v=u=>o?String(u):n?String(Number(u.toPrecision(4))):u.toFixed(ce(l)),y=b("input",{type:"range",name:p,"aria-label":p,min:String(a),max:String(i),step:String(l)}),E=b("input",{type:"text",inputmode:"decimal","aria-label":`${p}, value`,size:"7"}),C=u=>{y.value=String(g(u)),E.value=v(u),y.setAttribute("aria-valuetext",E.value)},L=u=>{C(u),t(u)},j=u=>{let M=c(Math.min(Math.max(u,a),i));return o?Math.round(M):M};return y.addEventListener("input",()=>L(j(Number(y.value)))),y.addEventListener("keydown",u=>{let M=u.key==="PageUp"?10:u.key==="PageDown"?-10:0;M&&(u.preventDefault(),L(j(Number(y.value)+M*l)))}),E.addEventListener("change",()=>{let u=Number(E.value.replace("−","-").replace(",","."));L(Number.isFinite(u)&&E.value.trim()?j(g(u)):j(Number(y.value)))}),y.addEventListener("dblclick",()=>L(e.value)),C(e.value),{track:y,typed:E,set:C}};var te=`:host {
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
.wide {
  grid-column: 1 / -1;
}
figcaption {
  font-weight: 600;
  margin-bottom: 4px;
}
.plot {
  position: relative;
}
[aria-busy="true"] canvas {
  opacity: 0.6;
  transition: opacity 0.2s 0.2s;
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
.control > button {
  justify-self: start;
}
.entry {
  grid-column: 2 / -1;
  padding: 4px 0;
}
.entry td {
  padding: 1px 4px 1px 0;
}
.entry button {
  min-width: 32px;
  min-height: 28px;
}
[aria-invalid="true"] {
  outline: 2px solid light-dark(#b3261e, #f2b8b5);
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
input[type="number"],
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
input[type="text"],
input[type="number"] {
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
`;var V=e=>typeof e=="object"&&"data"in e,ne=e=>{if(Array.isArray(e))return e.every(V)?"lines":"table";if(!V(e))return"number";let{shape:t,dtype:a}=e;return t.length===3&&a==="uint8"&&(t[2]===3||t[2]===4)?"rgb":t.length===2?"image":t.length===1?"lines":"table"},re=e=>typeof e=="number"&&!Number.isInteger(e)?String(Number(e.toPrecision(6))):String(e),x=(e,t="")=>{let a=document.createElement(e);return t&&(a.className=t),a},be=e=>({show(t){if(!Array.isArray(t)&&!V(t)){let o=x("div","number");return o.textContent=re(t),e.replaceChildren(o)}let a=Array.isArray(t)?t.map(o=>V(o)?o.toArray():o):t.toArray(),i=x("table");a.slice(0,200).forEach((o,n)=>{let p=i.insertRow(),c=x("th");c.textContent=String(n),p.append(c);for(let g of[o].flat().slice(0,50))p.insertCell().textContent=re(g)});let l=x("div","scroll");l.tabIndex=0,l.append(i),e.replaceChildren(l)},paint(){}}),ge=100,D=(e,t,a,i)=>{let l=e.attachShadow({mode:"open"}),o=new CSSStyleSheet;o.replaceSync(te),l.adoptedStyleSheets=[o];let n=x("div","panels"),p=x("div","controls"),c=x("p","told"),g=x("p","error");g.setAttribute("role","alert"),l.append(n,c,g,p);let v=()=>{let{color:r,fontFamily:s}=getComputedStyle(e),[f=0,d=0,m=0]=(r.match(/[\d.]+/g)??[]).map(Number),w=A=>`rgba(${f},${d},${m},${A})`;return{text:r,quiet:w(.65),grid:w(.12),font:s}},y=[],E=[],C=r=>t.views[r]??t.views[0]??{kind:"auto"},L=(r,s)=>{let f={};t.names?.forEach((h,S)=>f[h]=s[S]),t.controls.forEach((h,S)=>f[h.name]=h.kind==="choice"?h.values?.[T[S]]??h.labels[T[S]]:T[S]);let d=h=>h&&(k.titled?.(h,f,t.floats)??h),{title:m,x:w,y:A,y2:N,labels:H}=r;return Object.assign({...r},...Object.entries({title:d(m),x:d(w),y:d(A),y2:d(N),labels:H?.map(h=>d(h))}).map(([h,S])=>S===void 0?{}:{[h]:S}))},j=[],u=[],M=()=>{t.controls.forEach((r,s)=>{if(r.kind!=="point"&&r.kind!=="pointer")return;let f=y[t.names&&r.panel?t.names.indexOf(r.panel):y.findIndex(m=>m.hand)],d=m=>{J(s,m),j[s]?.querySelectorAll("input").forEach((w,A)=>w.value=String(Number(m[A].toPrecision(6))))};u[s]={name:r.name,value:[...r.value],follows:r.kind==="pointer",moved:d},f?.hand?.handles.push(u[s])})},ie=r=>{y=r.map((d,m)=>{let w=C(m),A=w.kind==="auto"?ne(d):w.kind,N=x("figure"),H=w.title??t.names?.[m];if(H){let R=x("figcaption");R.textContent=H,E[m]=R,N.append(R)}if(n.append(N),A==="table"||A==="number"){let R=x("div");return N.append(R),be(R)}let h=x("canvas");h.setAttribute("role","img"),h.setAttribute("aria-label",H??t.alt);let S=x("div","plot");S.append(h),N.append(S);let Q=R=>{c.textContent=R};return A==="image"||A==="rgb"?new k.Image(h,w,v,Q,k.hands):new k.Chart(h,{...w,kind:A},v,Q)});let s=n.querySelectorAll("figure:has(canvas)");s.length===1&&(s[0].className="wide"),new ResizeObserver(()=>y.forEach(d=>d.paint())).observe(n)},T=t.controls.map(r=>r.kind==="table"?k.table(r,()=>{}).value:r.value),U=()=>{let r=[],s=[];return t.controls.forEach((f,d)=>{let m=T[d];f.kind==="table"?s.push({data:m.data.slice(),shape:m.shape}):f.kind!=="choice"?s.push(m):f.values?s.push(f.values[m]):r.push(m)}),[t.kernels[r.join()],s]},W=(...r)=>{let[s,f]=U();return a[s](...r,...f)},K={values:T,result:void 0,beside:!1};Object.defineProperty(e,"figure",{value:K});let $=t.animation&&k.simulated(t.animation,a,W),_=r=>{K.result=r;let s=t.names?r:[r];y.length||(ie(s),M()),y.forEach((f,d)=>{let m=L(C(d),s);E[d]&&m.title&&(E[d].textContent=m.title),f.relabel?.({...m,kind:m.kind==="auto"?ne(s[d]):m.kind}),f.show(s[d])}),g.textContent=""},O=r=>{let{name:s,message:f,pyLine:d,pyFunction:m}=r;g.textContent=`${s}: ${f}${d?` (line ${d}, in ${m})`:""}`},F,P=!1,B=!1,G=async()=>{if(B=P,!P){P=!0,n.setAttribute("aria-busy","true");try{_(await F(...U()))}catch(r){O(r)}P=!1,c.textContent="",n.setAttribute("aria-busy","false"),B&&G()}},q=()=>{if(F)return void G();try{let r=performance.now(),s=$?$.show():W(),f=performance.now()-r;if(_(s),f<=ge||$)return;F=Y(i,(d,m)=>a[d](...m),()=>c.textContent="computing …"),K.beside=!0}catch(r){O(r)}},I=!1,J=(r,s)=>{T[r]=s,!(I||$)&&(I=!0,requestAnimationFrame(()=>{I=!1,q()}))};t.controls.forEach((r,s)=>{if(r.kind==="pointer")return;let f=ee(r,d=>{J(s,d),u[s]&&(u[s].value=d)});j[s]=f,p.append(f)}),matchMedia("(prefers-color-scheme: dark)").addEventListener("change",()=>y.forEach(r=>r.paint())),q(),$&&p.prepend(k.player(e,t.animation.speed,q,$,O))};var ae=(e,t,a)=>{for(let i of Array.from(document.querySelectorAll(`[data-np="${e}"]:not([data-np-on])`))){i.setAttribute("data-np-on","");let l=o=>{let n=document.createElement("p");n.textContent=`This figure does not move: ${String(o)}`,(i.shadowRoot??i).append(n)};try{let o=a();o.$m.wasm?D(i,t,o,a):o.$m.init().then(()=>D(i,t,o,a)).catch(l)}catch(o){l(o)}}};return de(ye);})();

var $figure=(()=>{var z=Object.defineProperty;var ie=Object.getOwnPropertyDescriptor;var oe=Object.getOwnPropertyNames;var se=Object.prototype.hasOwnProperty;var le=(e,t)=>{for(var a in t)z(e,a,{get:t[a],enumerable:!0})},pe=(e,t,a,i)=>{if(t&&typeof t=="object"||typeof t=="function")for(let l of oe(t))!se.call(e,l)&&l!==a&&z(e,l,{get:()=>t[l],enumerable:!(i=ie(t,l))||i.enumerable});return e};var ue=e=>pe(z({},"__esModule",{value:!0}),e);var ge={};le(ge,{parts:()=>k,start:()=>re});var de=`
const plain = (value) => Array.isArray(value) ? value.map(plain) : value && value.data ? (({ data, shape, dtype }) => ({ data, shape, dtype }))(value.copy()) : value;
onmessage = async ({ data: [name, args] }) => {
  try {
    if (!kernels.$m.wasm) await kernels.$m.init();
    postMessage([plain(kernels[name](...args))]);
  } catch (error) {
    const { name, message, pyLine, pyFunction } = error;
    postMessage([undefined, { name, message, pyLine, pyFunction }]);
  }
};`,Q=e=>{if(Array.isArray(e))return e.map(Q);if(typeof e!="object")return e;let{data:t,shape:a}=e,i=(o,n,u)=>o===a.length?t[n]:Array.from({length:a[o]},(f,g)=>i(o+1,n+g*u/a[o],u/a[o]));return Object.assign(e,{toArray:()=>i(0,0,t.length)})},X=(e,t,a)=>{let i=async(n,u)=>(a(),await new Promise(f=>requestAnimationFrame(()=>setTimeout(f))),t(n,u)),l,o=()=>{};try{l=new Worker(URL.createObjectURL(new Blob([`const kernels=(${String(e)})();${de}`],{type:"text/javascript"}))),l.onerror=n=>{n.preventDefault(),l=void 0,o()}}catch{return i}return(n,u)=>new Promise((f,g)=>{if(o=()=>f(i(n,u)),!l)return o();l.onmessage=({data:[v,y]})=>y?g(y):f(Q(v)),l.postMessage([n,u])})};var k={};var b=(e,t={},...a)=>{let i=document.createElement(e);for(let[l,o]of Object.entries(t))i.setAttribute(l,o);return i.append(...a),i},me=e=>Math.min(10,Math.max(0,-Math.floor(Math.log10(e)+1e-9))),Z=(e,t)=>{let{name:a}=e,i=a.replaceAll("_"," ");if(e.kind==="bool"){let n=b("input",{type:"checkbox",name:a});return n.checked=e.value,n.addEventListener("input",()=>t(n.checked)),b("label",{class:"control"},b("span",{},i),n)}if(e.kind==="button"){let n=e.value,u=b("button",{type:"button",name:a},e.label??i);return u.addEventListener("click",()=>t(++n)),b("div",{class:"control"},b("span",{},e.label?i:""),u)}if(e.kind==="table")return b("div",{class:"control"},b("span",{},i),k.table(e,t).element);if(e.kind==="point"||e.kind==="pointer"){let n=[...e.value],u=n.map((f,g)=>{let v=b("input",{type:"number",step:"any",name:`${a} ${"xy"[g]}`,"aria-label":`${a}, ${"xy"[g]}`,value:String(Number(f.toPrecision(6)))});return v.addEventListener("input",()=>{Number.isFinite(v.valueAsNumber)&&(n[g]=v.valueAsNumber,t([...n]))}),v});return b("div",{class:"control",role:"group","aria-label":i},b("span",{},i),b("span",{class:"pair"},...u))}if(e.kind==="choice"){let n=b("select",{name:a},...e.labels.map((u,f)=>b("option",{value:String(f)},u)));return n.value=String(e.value),n.addEventListener("input",()=>t(Number(n.value))),b("label",{class:"control"},b("span",{},i),n)}if(e.kind==="range"){let n=[...e.value],u=n.map((f,g)=>Y({...e,kind:"number",log:!1,value:f,name:`${a} ${g?"to":"from"}`},v=>{n[g]=v,n[0]>n[1]&&(n[1-g]=v,u[1-g].set(v)),t([...n])}));return b("div",{class:"control",role:"group","aria-label":i},b("span",{},i),b("span",{class:"pair"},...u.map(({track:f})=>f)),b("span",{class:"pair"},...u.map(({typed:f})=>f)))}let{track:l,typed:o}=Y(e,t);return b("label",{class:"control"},b("span",{},i),l,o)},Y=(e,t)=>{let{low:a,high:i,step:l,integer:o,log:n,name:u}=e,f=d=>n?10**d:d,g=d=>n?Math.log10(d):d,v=d=>o?String(d):n?String(Number(d.toPrecision(4))):d.toFixed(me(l)),y=b("input",{type:"range",name:u,"aria-label":u,min:String(a),max:String(i),step:String(l)}),E=b("input",{type:"text",inputmode:"decimal","aria-label":`${u}, value`,size:"7"}),L=d=>{y.value=String(g(d)),E.value=v(d),y.setAttribute("aria-valuetext",E.value)},T=d=>{L(d),t(d)},j=d=>{let M=f(Math.min(Math.max(d,a),i));return o?Math.round(M):M};return y.addEventListener("input",()=>T(j(Number(y.value)))),y.addEventListener("keydown",d=>{let M=d.key==="PageUp"?10:d.key==="PageDown"?-10:0;M&&(d.preventDefault(),T(j(Number(y.value)+M*l)))}),E.addEventListener("change",()=>{let d=Number(E.value.replace("−","-").replace(",","."));T(Number.isFinite(d)&&E.value.trim()?j(g(d)):j(Number(y.value)))}),y.addEventListener("dblclick",()=>T(e.value)),L(e.value),{track:y,typed:E,set:L}};var ee=`:host {
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
`;var V=e=>typeof e=="object"&&"data"in e,te=e=>{if(Array.isArray(e))return e.every(V)?"lines":"table";if(!V(e))return"number";let{shape:t,dtype:a}=e;return t.length===3&&a==="uint8"&&(t[2]===3||t[2]===4)?"rgb":t.length===2?"image":t.length===1?"lines":"table"},ne=e=>typeof e=="number"&&!Number.isInteger(e)?String(Number(e.toPrecision(6))):String(e),x=(e,t="")=>{let a=document.createElement(e);return t&&(a.className=t),a},fe=e=>({show(t){if(!Array.isArray(t)&&!V(t)){let o=x("div","number");return o.textContent=ne(t),e.replaceChildren(o)}let a=Array.isArray(t)?t.map(o=>V(o)?o.toArray():o):t.toArray(),i=x("table");a.slice(0,200).forEach((o,n)=>{let u=i.insertRow(),f=x("th");f.textContent=String(n),u.append(f);for(let g of[o].flat().slice(0,50))u.insertCell().textContent=ne(g)});let l=x("div","scroll");l.tabIndex=0,l.append(i),e.replaceChildren(l)},paint(){}}),be=100,D=(e,t,a,i)=>{let l=e.attachShadow({mode:"open"}),o=new CSSStyleSheet;o.replaceSync(ee),l.adoptedStyleSheets=[o];let n=x("div","panels"),u=x("div","controls"),f=x("p","told"),g=x("p","error");g.setAttribute("role","alert"),l.append(n,f,g,u);let v=()=>{let{color:r,fontFamily:s}=getComputedStyle(e),[c=0,m=0,p=0]=(r.match(/[\d.]+/g)??[]).map(Number),w=S=>`rgba(${c},${m},${p},${S})`;return{text:r,quiet:w(.65),grid:w(.12),font:s}},y=[],E=[],L=r=>t.views[r]??t.views[0]??{kind:"auto"},T=(r,s)=>{let c={};t.names?.forEach((h,A)=>c[h]=s[A]),t.controls.forEach((h,A)=>c[h.name]=h.kind==="choice"?h.values?.[$[A]]??h.labels[$[A]]:$[A]);let m=h=>h&&(k.titled?.(h,c,t.floats)??h),{title:p,x:w,y:S,y2:H,labels:C}=r;return Object.assign({...r},...Object.entries({title:m(p),x:m(w),y:m(S),y2:m(H),labels:C?.map(h=>m(h))}).map(([h,A])=>A===void 0?{}:{[h]:A}))},j=[],d=[],M=()=>{t.controls.forEach((r,s)=>{if(r.kind!=="point"&&r.kind!=="pointer")return;let c=y[t.names&&r.panel?t.names.indexOf(r.panel):y.findIndex(p=>p.hand)],m=p=>{J(s,p),j[s]?.querySelectorAll("input").forEach((w,S)=>w.value=String(Number(p[S].toPrecision(6))))};d[s]={name:r.name,value:[...r.value],follows:r.kind==="pointer",moved:m},c?.hand?.handles.push(d[s])})},ae=r=>{y=r.map((c,m)=>{let p=L(m),w=p.kind==="auto"?te(c):p.kind,S=x("figure"),H=p.title??t.names?.[m];if(H){let R=x("figcaption");R.textContent=H,E[m]=R,S.append(R)}if(n.append(S),w==="table"||w==="number"){let R=x("div");return S.append(R),fe(R)}let C=x("canvas");C.setAttribute("role","img"),C.setAttribute("aria-label",H??t.alt);let h=x("div","plot");h.append(C),S.append(h);let A=R=>{f.textContent=R};return w==="image"||w==="rgb"?new k.Image(C,p,v,A,k.hands):new k.Chart(C,{...p,kind:w},v,A)}),new ResizeObserver(()=>y.forEach(c=>c.paint())).observe(n)},$=t.controls.map(r=>r.kind==="table"?k.table(r,()=>{}).value:r.value),U=()=>{let r=[],s=[];return t.controls.forEach((c,m)=>{let p=$[m];c.kind==="table"?s.push({data:p.data.slice(),shape:p.shape}):c.kind!=="choice"?s.push(p):c.values?s.push(c.values[p]):r.push(p)}),[t.kernels[r.join()],s]},W=(...r)=>{let[s,c]=U();return a[s](...r,...c)},K={values:$,result:void 0,beside:!1};Object.defineProperty(e,"figure",{value:K});let N=t.animation&&k.simulated(t.animation,a,W),_=r=>{K.result=r;let s=t.names?r:[r];y.length||(ae(s),M()),y.forEach((c,m)=>{let p=T(L(m),s);E[m]&&p.title&&(E[m].textContent=p.title),c.relabel?.({...p,kind:p.kind==="auto"?te(s[m]):p.kind}),c.show(s[m])}),g.textContent=""},O=r=>{let{name:s,message:c,pyLine:m,pyFunction:p}=r;g.textContent=`${s}: ${c}${m?` (line ${m}, in ${p})`:""}`},F,P=!1,B=!1,G=async()=>{if(B=P,!P){P=!0,n.setAttribute("aria-busy","true");try{_(await F(...U()))}catch(r){O(r)}P=!1,f.textContent="",n.setAttribute("aria-busy","false"),B&&G()}},I=()=>{if(F)return void G();try{let r=performance.now(),s=N?N.show():W(),c=performance.now()-r;if(_(s),c<=be||N)return;F=X(i,(m,p)=>a[m](...p),()=>f.textContent="computing …"),K.beside=!0}catch(r){O(r)}},q=!1,J=(r,s)=>{$[r]=s,!(q||N)&&(q=!0,requestAnimationFrame(()=>{q=!1,I()}))};t.controls.forEach((r,s)=>{if(r.kind==="pointer")return;let c=Z(r,m=>{J(s,m),d[s]&&(d[s].value=m)});j[s]=c,u.append(c)}),matchMedia("(prefers-color-scheme: dark)").addEventListener("change",()=>y.forEach(r=>r.paint())),I(),N&&u.prepend(k.player(e,t.animation.speed,I,N,O))};var re=(e,t,a)=>{for(let i of Array.from(document.querySelectorAll(`[data-np="${e}"]:not([data-np-on])`))){i.setAttribute("data-np-on","");let l=o=>{let n=document.createElement("p");n.textContent=`This figure does not move: ${String(o)}`,(i.shadowRoot??i).append(n)};try{let o=a();o.$m.wasm?D(i,t,o,a):o.$m.init().then(()=>D(i,t,o,a)).catch(l)}catch(o){l(o)}}};return ue(ge);})();

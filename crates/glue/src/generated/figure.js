var $figure=(()=>{var D=Object.defineProperty;var it=Object.getOwnPropertyDescriptor;var ot=Object.getOwnPropertyNames;var at=Object.prototype.hasOwnProperty;var st=(e,t)=>{for(var n in t)D(e,n,{get:t[n],enumerable:!0})},lt=(e,t,n,r)=>{if(t&&typeof t=="object"||typeof t=="function")for(let o of ot(t))!at.call(e,o)&&o!==n&&D(e,o,{get:()=>t[o],enumerable:!(r=it(t,o))||r.enumerable});return e};var ct=e=>lt(D({},"__esModule",{value:!0}),e);var wt={};st(wt,{start:()=>rt});var F={lines:["#4269d0","#efb118","#ff725c","#6cc5b0","#3ca951","#ff8ab7","#a463f2","#97bbf5","#9c6b4e","#9498a0"],maps:{viridis:"440154482475414487355f8d2a788e21918c22a88444bf707ad151bddf26fde725",plasma:"0d088741049d6a00a88f0da4b12a90cc4778e16462f2844bfca636fcce25f0f921",inferno:"000004160b39420a686a176e932667bc3754dd513af37819fca50af6d746fcffa4",magma:"000004140e363b0f70641a808c2981b73779de4968f7705cfe9f6dfecf92fcfdbf",cividis:"00224e1235703b496c575d6d7071738a8678a59c74c3b369e1cc55fee838",gray:"000000ffffff",RdBu:"67001fb2182bd6604df4a582fddbc7f7f7f7d1e5f092c5de4393c32166ac053061"}};var C=F.lines,U=F.maps,X=e=>{let t=e.endsWith("_r"),r=(U[t?e.slice(0,-2):e]??U.viridis).match(/../g).map(i=>parseInt(i,16)),o=r.length/3-1,a=new Uint8Array(768);for(let i=0;i<256;i++){let c=(t?255-i:i)/255*o,l=Math.min(Math.floor(c),o-1);for(let s=0;s<3;s++)a[3*i+s]=Math.round(r[3*l+s]+(c-l)*(r[3*l+3+s]-r[3*l+s]))}return a};var S=({low:e,high:t,from:n,to:r},o)=>n+(o-e)/(t-e)*(r-n),P=({low:e,high:t,from:n,to:r},o)=>e+(o-n)/(r-n)*(t-e),T=(e,t,n)=>{let r=(t-e)/n,o=10**Math.floor(Math.log10(r)),a=r/o;return o*(a>=Math.sqrt(50)?10:a>=Math.sqrt(10)?5:a>=Math.sqrt(2)?2:1)},I=(e,t,n)=>{let r=T(e,t,n),o=Math.ceil(e/r-1e-9),a=Math.floor(t/r+1e-9);return Array.from({length:Math.max(0,Math.min(a-o+1,100))},(i,c)=>(o+c)*r)},E=(e,t)=>{let n=Math.max(Math.abs(e),t);return e!==0&&(n>=1e6||n<1e-4)?e.toExponential(Math.max(0,Math.round(Math.log10(Math.abs(e))-Math.log10(t))||0)).replace("-","−").replace("e+","e"):e.toFixed(Math.max(0,-Math.floor(Math.log10(t)+1e-9))).replace(/^-(?=0\.?0*$)/,"").replace("-","−")},$=e=>{let t=1/0,n=-1/0;for(let r of e)for(let o=0;o<r.length;o++){let a=Number(r[o]);a<t&&a>-1/0&&(t=a),a>n&&a<1/0&&(n=a)}return t>n?[0,1]:t===n?[t-(Math.abs(t)||1)/2,n+(Math.abs(n)||1)/2]:[t,n]},B=([e,t])=>{let n=(t-e)*.04;return[e-n,t+n]};var ut=e=>typeof e=="object"&&"data"in e,Y=e=>{let t=e.shape.reduce((n,r)=>n*r,1);return e.data.length===t?e.data:e.toArray().flat(1/0)},G=e=>Array.from({length:e},(t,n)=>n),dt=e=>{let t=(Array.isArray(e)?e:[e]).filter(ut),n=o=>{let a=Y(o);if(o.shape.length<2)return[a];let i=o.shape[1];return G(o.shape[0]).map(c=>Array.from({length:i},(l,s)=>a[c*i+s]))};if(t.length===1)return n(t[0]).map(o=>({x:G(o.length),y:o}));let r=Y(t[0]);return t.slice(1).flatMap(n).map(o=>({x:r,y:o}))},H={left:56,right:16,top:12,bottom:40},z=class{constructor(t,n,r,o){this.canvas=t;this.view=n;this.theme=r;this.told=o;this.series=[];let a=i=>[i.offsetX,i.offsetY];t.addEventListener("pointerdown",i=>{i.pointerType!=="touch"&&(t.setPointerCapture(i.pointerId),this.dragged=a(i))}),t.addEventListener("pointermove",i=>{this.pointer=a(i),this.paint()}),t.addEventListener("pointerup",i=>{let[c,l]=[this.dragged,a(i)];if(this.dragged=void 0,c&&this.scales&&Math.abs(c[0]-l[0])>5&&Math.abs(c[1]-l[1])>5){let[s,m]=this.scales,[b,x]=[c[0],l[0]].sort((v,d)=>v-d),[f,p]=[c[1],l[1]].sort((v,d)=>v-d);this.zoomed=[P(s,b),P(s,x),P(m,p),P(m,f)]}this.paint()}),t.addEventListener("pointerleave",()=>{this.pointer=this.dragged=void 0,o(""),this.paint()}),t.addEventListener("dblclick",()=>{this.zoomed=void 0,this.paint()})}show(t){this.series=dt(t),this.paint()}paint(){let{canvas:t,series:n,view:r}=this,[o,a]=[t.clientWidth,t.clientHeight];if(!o)return;let i=devicePixelRatio,[c,l]=[Math.round(o*i),Math.round(a*i)];(t.width!==c||t.height!==l)&&([t.width,t.height]=[c,l]);let s=t.getContext("2d");s.setTransform(i,0,0,i,0,0),s.clearRect(0,0,o,a);let m=r.kind==="bars",b=r.xlim??(m?B($(n.map(({x:g})=>g))):$(n.map(({x:g})=>g))),x=r.ylim??B($([...n.map(({y:g})=>g),...m?[[0]]:[]])),[f,p,v,d]=this.zoomed??[...b,...x],h={low:f,high:p,from:H.left,to:o-H.right},u={low:v,high:d,from:a-H.bottom,to:H.top+(r.y||r.labels?.length?20:0)};this.scales=[h,u],this.axes(s,h,u),s.save(),s.beginPath(),s.rect(h.from,u.to,h.to-h.from,u.from-u.to),s.clip(),s.lineWidth=2,s.lineJoin="round",n.forEach((g,y)=>{s.strokeStyle=s.fillStyle=C[y%C.length],r.kind==="points"?pt(s,g,h,u):m?ft(s,g,h,u):ht(s,g,h,u)}),s.restore(),this.legend(s,h,u),this.hover(s,h,u)}axes(t,n,r){let{text:o,quiet:a,grid:i,font:c}=this.theme();t.font=`13px ${c}`,t.fillStyle=a;let[l,s]=[Math.max(2,(n.to-n.from)/90),Math.max(2,(r.from-r.to)/50)],[m,b]=[T(n.low,n.high,l),T(r.low,r.high,s)],[x,f]=[I(n.low,n.high,l),I(r.low,r.high,s)];t.textAlign="right",t.textBaseline="middle";for(let p of f){let v=Math.round(S(r,p));t.fillStyle=i,t.fillRect(n.from,v,n.to-n.from,1),t.fillStyle=a,t.fillText(E(p,b),n.from-8,v)}t.textAlign="center",t.textBaseline="top";for(let p of x){let v=Math.round(S(n,p));t.fillStyle=i,t.fillRect(v,r.from,1,4),t.fillStyle=a,t.fillText(E(p,m),v,r.from+8)}this.canvas.dataset.ticks=[x.map(p=>E(p,m)).join(" "),f.map(p=>E(p,b)).join(" ")].join("|"),t.fillStyle=o,this.view.x&&(t.textAlign="right",t.textBaseline="bottom",t.fillText(`${this.view.x} →`,n.to,r.from+40)),this.view.y&&(t.textAlign="left",t.textBaseline="bottom",t.fillText(`↑ ${this.view.y}`,n.from,r.to-6))}legend(t,n,r){let{labels:o=[]}=this.view;t.textAlign="right",t.textBaseline="bottom";let a=n.to;for(let i=Math.min(o.length,this.series.length)-1;i>=0;i--)t.fillStyle=C[i%C.length],t.fillText(o[i],a,r.to-6),a-=t.measureText(o[i]).width+16}hover(t,n,r){let{pointer:o,dragged:a,series:i}=this;if(!o)return;if(a){t.strokeStyle=this.theme().quiet,t.lineWidth=1,t.strokeRect(a[0],a[1],o[0]-a[0],o[1]-a[1]);return}let c=40**2,l;if(i.forEach((f,p)=>{let v=Math.min(f.x.length,f.y.length),d=Math.max(1,Math.floor(v/2e4));for(let h=0;h<v;h+=d){let[u,g]=[Number(f.x[h]),Number(f.y[h])],y=(S(n,u)-o[0])**2+((S(r,g)-o[1])/4)**2;y<c&&([c,l]=[y,[p,u,g]])}}),!l)return this.told("");let[s,m,b]=l;t.fillStyle=C[s%C.length],t.beginPath(),t.arc(S(n,m),S(r,b),4,0,7),t.fill();let x=this.view.labels?.[s];this.told(`${x?`${x}: `:""}${this.view.x??"x"} = ${Number(m.toPrecision(6))}, ${this.view.y??"y"} = ${Number(b.toPrecision(6))}`)}},ht=(e,{x:t,y:n},r,o)=>{let a=Math.min(t.length,n.length);e.beginPath();let i=!1,c=NaN,[l,s,m,b]=[0,0,0,0],x=()=>{if(c===c)for(let f of[l,s,m,b])e.lineTo(c,f)};for(let f=0;f<a;f++){let[p,v]=[Number(t[f]),Number(n[f])];if(!Number.isFinite(p)||!Number.isFinite(v)){x(),c=NaN,i=!1;continue}let[d,h]=[S(r,p),S(o,v)];if(i||(e.moveTo(d,h),i=!0),a>4e3){let u=Math.round(d*2)/2;if(u===c){h<s&&(s=h),h>m&&(m=h),b=h;continue}x(),c=u,l=s=m=b=h}else e.lineTo(d,h)}x(),e.stroke()},pt=(e,{x:t,y:n},r,o)=>{let a=Math.min(t.length,n.length),i=a>2e4?1:a>2e3?2:5;e.globalAlpha=a>2e4?.4:.8;for(let c=0;c<a;c++){let[l,s]=[S(r,Number(t[c])),S(o,Number(n[c]))];i<5?e.fillRect(l,s,i,i):(e.beginPath(),e.arc(l,s,i/2+.5,0,7),e.fill())}e.globalAlpha=1},ft=(e,{x:t,y:n},r,o)=>{let a=Math.min(t.length,n.length),i=Math.max(1,a>1?Math.abs(S(r,Number(t[1]))-S(r,Number(t[0])))*.9:40),c=S(o,0);for(let l=0;l<a;l++){let s=S(o,Number(n[l]));e.fillRect(S(r,Number(t[l]))-i/2,Math.min(c,s),i,Math.abs(c-s))}};var k=(e,t={},...n)=>{let r=document.createElement(e);for(let[o,a]of Object.entries(t))r.setAttribute(o,a);return r.append(...n),r},bt=e=>Math.min(10,Math.max(0,-Math.floor(Math.log10(e)+1e-9))),K=(e,t)=>{let{name:n}=e,r=n.replaceAll("_"," ");if(e.kind==="bool"){let i=k("input",{type:"checkbox",name:n});return i.checked=e.value,i.addEventListener("input",()=>t(i.checked)),k("label",{class:"control"},k("span",{},r),i)}if(e.kind==="choice"){let i=k("select",{name:n},...e.labels.map((c,l)=>k("option",{value:String(l)},c)));return i.value=String(e.value),i.addEventListener("input",()=>t(Number(i.value))),k("label",{class:"control"},k("span",{},r),i)}if(e.kind==="range"){let i=[...e.value],c=i.map((l,s)=>J({...e,kind:"number",log:!1,value:l,name:`${n} ${s?"to":"from"}`},m=>{i[s]=m,i[0]>i[1]&&(i[1-s]=m,c[1-s].set(m)),t([...i])}));return k("div",{class:"control",role:"group","aria-label":r},k("span",{},r),k("span",{class:"pair"},...c.map(({track:l})=>l)),k("span",{class:"pair"},...c.map(({typed:l})=>l)))}let{track:o,typed:a}=J(e,t);return k("label",{class:"control"},k("span",{},r),o,a)},J=(e,t)=>{let{low:n,high:r,step:o,integer:a,log:i,name:c}=e,l=d=>i?10**d:d,s=d=>i?Math.log10(d):d,m=d=>a?String(d):i?String(Number(d.toPrecision(4))):d.toFixed(bt(o)),b=k("input",{type:"range",name:c,"aria-label":c,min:String(n),max:String(r),step:String(o)}),x=k("input",{type:"text",inputmode:"decimal","aria-label":`${c}, value`,size:"7"}),f=d=>{b.value=String(s(d)),x.value=m(d),b.setAttribute("aria-valuetext",x.value)},p=d=>{f(d),t(d)},v=d=>{let h=l(Math.min(Math.max(d,n),r));return a?Math.round(h):h};return b.addEventListener("input",()=>p(v(Number(b.value)))),b.addEventListener("keydown",d=>{let h=d.key==="PageUp"?10:d.key==="PageDown"?-10:0;h&&(d.preventDefault(),p(v(Number(b.value)+h*o)))}),x.addEventListener("change",()=>{let d=Number(x.value.replace("−","-").replace(",","."));p(Number.isFinite(d)&&x.value.trim()?v(s(d)):v(Number(b.value)))}),b.addEventListener("dblclick",()=>p(e.value)),f(e.value),{track:b,typed:x,set:f}};var Q=({start:e,show:t,skip:n},r,o)=>{let a=(l,...s)=>r[l](...s),i=[],c={reset:()=>{let l=a(e),s=Array.isArray(l)?l:[l];i.length||(i=s.map(({dtype:m,shape:b})=>r.$m.array(m,b))),s.forEach((m,b)=>i[b].data.set(m.data));for(let m=0;m<n;m++)c.step()},step:()=>{o(...i)},show:()=>a(t,...i)};return c.reset(),c},Z=(e,t,n,{reset:r,step:o},a)=>{let i=!matchMedia("(prefers-reduced-motion: reduce)").matches,c=!1,l=!1,s=g=>{try{g(),n()}catch(y){i=!1,p(),a(y)}},m=()=>{l=!1,!(!i||!c||!e.isConnected)&&(s(()=>{for(let g=0;g<t;g++)o()}),b())},b=()=>{l||!i||!c||(l=!0,requestAnimationFrame(m))};new IntersectionObserver(g=>{c=g.at(-1).isIntersecting,b()}).observe(e);let x=(g,y)=>{let w=document.createElement("button");return w.type="button",w.textContent=g,w.addEventListener("click",y),w},f=x("",()=>{i=!i,p(),b()}),p=()=>{f.textContent=i?"Pause":"Play"};p();let v=x("Step",()=>{i=!1,p(),s(o)}),d=x("Reset",()=>s(r)),h=document.createElement("div");h.className="buttons",h.append(f,v,d);let u=document.createElement("div");return u.className="player",u.append(h,K({kind:"number",name:"steps_in_a_frame",integer:!0,log:!1,low:1,high:Math.max(20,2*t),step:1,value:t},g=>t=g)),u};var tt=76,V=class{constructor(t,n,r,o){this.canvas=t;this.view=n;this.theme=r;this.told=o;this.cells=document.createElement("canvas");this.values=[];this.shape=[0,0];this.limits=[0,1];this.map=X(n.cmap??"viridis"),t.addEventListener("pointermove",a=>this.hover(a.offsetX,a.offsetY)),t.addEventListener("pointerleave",()=>o(""))}get mapped(){return this.shape.length===2}show(t){let n=t,[r=0,o=0,a=0]=this.shape=n.shape,i=n.shape.reduce((b,x)=>b*x,1);this.values=n.data.length===i?n.data:n.toArray().flat(1/0);let{cells:c,values:l,map:s,view:m}=this;if((c.width!==o||c.height!==r)&&([c.width,c.height]=[o,r]),r&&o){let b=c.getContext("2d"),x=b.createImageData(o,r),f=x.data;if(this.mapped){let[p,v]=this.limits=[m.vmin,m.vmax].every(h=>h!==void 0)?[m.vmin,m.vmax]:gt(m,l),d=255/(v-p||1);for(let h=0;h<i;h++){let u=(Number(l[h])-p)*d,g=3*(u>255?255:u>0?u|0:0),y=4*h;f[y]=s[g],f[y+1]=s[g+1],f[y+2]=s[g+2],f[y+3]=u===u?255:0}}else for(let p=0;p<r*o;p++)for(let v=0;v<4;v++)f[4*p+v]=v<a?Number(l[a*p+v]):255;b.putImageData(x,0,0)}this.paint()}box(){let[t=1,n=1]=this.shape,r=this.canvas.clientWidth-(this.mapped?tt:0),o=Math.min(r/n,this.canvas.clientHeight/t);return[0,0,n*o,t*o]}paint(){let{canvas:t,cells:n,theme:r}=this,o=t.clientWidth,[a=0,i=0]=this.shape;if(!o||!a||!i)return;let c=Math.round(Math.min(480,(o-(this.mapped?tt:0))/i*a));t.style.height=`${c}px`;let l=devicePixelRatio;[t.width,t.height]=[Math.round(o*l),Math.round(c*l)];let s=t.getContext("2d");s.setTransform(l,0,0,l,0,0);let[m,b,x,f]=this.box();if(s.imageSmoothingEnabled=x<i,s.save(),this.view.origin==="lower"&&(s.translate(0,f),s.scale(1,-1)),s.drawImage(n,m,b,x,f),s.restore(),!this.mapped)return;let[p,v]=this.limits,d=x+12;for(let w=0;w<f;w++){let M=3*Math.round((1-w/Math.max(1,f-1))*255);s.fillStyle=`rgb(${this.map[M]},${this.map[M+1]},${this.map[M+2]})`,s.fillRect(d,w,12,1.5)}let{quiet:h,font:u}=r();s.font=`12px ${u}`,s.fillStyle=h,s.textBaseline="middle";let g=T(p,v,Math.max(2,f/50)),y=I(p,v,Math.max(2,f/50));for(let w of y){let M=Math.min(Math.max((1-(w-p)/(v-p))*f,6),f-6);s.fillText(E(w,g),d+17,M)}t.dataset.ticks=y.map(w=>E(w,g)).join(" ")}hover(t,n){let[r=0,o=0,a]=this.shape,[,,i,c]=this.box(),l=Math.floor(t/i*o),s=Math.floor(n/c*r),m=this.view.origin==="lower"?r-1-s:s;if(!(l>=0&&l<o&&m>=0&&m<r))return this.told("");let b=m*o+l,x=a?Array.from({length:a},(f,p)=>this.values[a*b+p]).join(", "):Number(Number(this.values[b]).toPrecision(6));this.told(`[${m}, ${l}] = ${x}`)}},gt=(e,t)=>{let[n,r]=$([t]);return[e.vmin??n,e.vmax??r]};var et=`:host {
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
canvas {
  display: block;
  width: 100%;
  height: 300px;
  touch-action: pan-y pinch-zoom;
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
`;var _=e=>typeof e=="object"&&"data"in e,xt=e=>{if(Array.isArray(e))return e.every(_)?"lines":"table";if(!_(e))return"number";let{shape:t,dtype:n}=e;return t.length===3&&n==="uint8"&&(t[2]===3||t[2]===4)?"rgb":t.length===2?"image":t.length===1?"lines":"table"},nt=e=>typeof e=="number"&&!Number.isInteger(e)?String(Number(e.toPrecision(6))):String(e),A=(e,t="")=>{let n=document.createElement(e);return t&&(n.className=t),n},yt=e=>({show(t){if(!Array.isArray(t)&&!_(t)){let a=A("div","number");return a.textContent=nt(t),e.replaceChildren(a)}let n=Array.isArray(t)?t.map(a=>_(a)?a.toArray():a):t.toArray(),r=A("table");n.slice(0,200).forEach((a,i)=>{let c=r.insertRow(),l=A("th");l.textContent=String(i),c.append(l);for(let s of[a].flat().slice(0,50))c.insertCell().textContent=nt(s)});let o=A("div","scroll");o.tabIndex=0,o.append(r),e.replaceChildren(o)},paint(){}}),O=(e,t,n)=>{let r=e.attachShadow({mode:"open"}),o=new CSSStyleSheet;o.replaceSync(et),r.adoptedStyleSheets=[o];let a=A("div","panels"),i=A("div","controls"),c=A("p","told"),l=A("p","error");l.setAttribute("role","alert"),r.append(a,c,l,i);let s=()=>{let{color:u,fontFamily:g}=getComputedStyle(e),[y=0,w=0,M=0]=(u.match(/[\d.]+/g)??[]).map(Number),R=L=>`rgba(${y},${w},${M},${L})`;return{text:u,quiet:R(.65),grid:R(.12),font:g}},m=[],b=u=>{m=u.map((y,w)=>{let M=t.views[w]??t.views[0]??{kind:"auto"},R=M.kind==="auto"?xt(y):M.kind,L=A("figure"),q=M.title??t.names?.[w];if(q){let N=A("figcaption");N.textContent=q,L.append(N)}if(a.append(L),R==="table"||R==="number"){let N=A("div");return L.append(N),yt(N)}let j=A("canvas");j.setAttribute("role","img"),j.setAttribute("aria-label",q??t.alt),L.append(j);let W=N=>{c.textContent=N};return R==="image"||R==="rgb"?new V(j,M,s,W):new z(j,{...M,kind:R},s,W)}),new ResizeObserver(()=>m.forEach(y=>y.paint())).observe(a)},x=t.controls.map(({value:u})=>u),f=(...u)=>{let g=[];return t.controls.forEach((y,w)=>{let M=x[w];y.kind!=="choice"?u.push(M):y.values?u.push(y.values[M]):g.push(M)}),n[t.kernels[g.join()]](...u)},p={values:x,result:void 0};Object.defineProperty(e,"figure",{value:p});let v=t.animation&&Q(t.animation,n,f),d=()=>{try{let u=p.result=v?v.show():f(),g=t.names?u:[u];m.length||b(g),m.forEach((y,w)=>y.show(g[w])),l.textContent=""}catch(u){let{name:g,message:y,pyLine:w,pyFunction:M}=u;l.textContent=`${g}: ${y}${w?` (line ${w}, in ${M})`:""}`}},h=!1;t.controls.forEach((u,g)=>i.append(K(u,y=>{x[g]=y,!(h||v)&&(h=!0,requestAnimationFrame(()=>{h=!1,d()}))}))),matchMedia("(prefers-color-scheme: dark)").addEventListener("change",()=>m.forEach(u=>u.paint())),d(),v&&i.prepend(Z(e,t.animation.speed,d,v,u=>{l.textContent=`${u.name}: ${u.message}`}))};var rt=(e,t,n)=>{for(let r of Array.from(document.querySelectorAll(`[data-np="${e}"]:not([data-np-on])`))){r.setAttribute("data-np-on","");let o=a=>{let i=document.createElement("p");i.textContent=`This figure does not move: ${String(a)}`,(r.shadowRoot??r).append(i)};try{let a=n();a.$m.wasm?O(r,t,a):a.$m.init().then(()=>O(r,t,a)).catch(o)}catch(a){o(a)}}};return ct(wt);})();

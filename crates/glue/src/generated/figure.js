var $figure=(()=>{var D=Object.defineProperty;var et=Object.getOwnPropertyDescriptor;var nt=Object.getOwnPropertyNames;var rt=Object.prototype.hasOwnProperty;var it=(e,t)=>{for(var n in t)D(e,n,{get:t[n],enumerable:!0})},ot=(e,t,n,r)=>{if(t&&typeof t=="object"||typeof t=="function")for(let i of nt(t))!rt.call(e,i)&&i!==n&&D(e,i,{get:()=>t[i],enumerable:!(r=et(t,i))||r.enumerable});return e};var at=e=>ot(D({},"__esModule",{value:!0}),e);var vt={};it(vt,{start:()=>tt});var F={lines:["#4269d0","#efb118","#ff725c","#6cc5b0","#3ca951","#ff8ab7","#a463f2","#97bbf5","#9c6b4e","#9498a0"],maps:{viridis:"440154482475414487355f8d2a788e21918c22a88444bf707ad151bddf26fde725",plasma:"0d088741049d6a00a88f0da4b12a90cc4778e16462f2844bfca636fcce25f0f921",inferno:"000004160b39420a686a176e932667bc3754dd513af37819fca50af6d746fcffa4",magma:"000004140e363b0f70641a808c2981b73779de4968f7705cfe9f6dfecf92fcfdbf",cividis:"00224e1235703b496c575d6d7071738a8678a59c74c3b369e1cc55fee838",gray:"000000ffffff",RdBu:"67001fb2182bd6604df4a582fddbc7f7f7f7d1e5f092c5de4393c32166ac053061"}};var N=F.lines,K=F.maps,O=e=>{let t=e.endsWith("_r"),r=(K[t?e.slice(0,-2):e]??K.viridis).match(/../g).map(a=>parseInt(a,16)),i=r.length/3-1,o=new Uint8Array(768);for(let a=0;a<256;a++){let c=(t?255-a:a)/255*i,l=Math.min(Math.floor(c),i-1);for(let s=0;s<3;s++)o[3*a+s]=Math.round(r[3*l+s]+(c-l)*(r[3*l+3+s]-r[3*l+s]))}return o};var M=({low:e,high:t,from:n,to:r},i)=>n+(i-e)/(t-e)*(r-n),j=({low:e,high:t,from:n,to:r},i)=>e+(i-n)/(r-n)*(t-e),T=(e,t,n)=>{let r=(t-e)/n,i=10**Math.floor(Math.log10(r)),o=r/i;return i*(o>=Math.sqrt(50)?10:o>=Math.sqrt(10)?5:o>=Math.sqrt(2)?2:1)},P=(e,t,n)=>{let r=T(e,t,n),i=Math.ceil(e/r-1e-9),o=Math.floor(t/r+1e-9);return Array.from({length:Math.max(0,Math.min(o-i+1,100))},(a,c)=>(i+c)*r)},R=(e,t)=>{let n=Math.max(Math.abs(e),t);return e!==0&&(n>=1e6||n<1e-4)?e.toExponential(Math.max(0,Math.round(Math.log10(Math.abs(e))-Math.log10(t))||0)).replace("-","−").replace("e+","e"):e.toFixed(Math.max(0,-Math.floor(Math.log10(t)+1e-9))).replace(/^-(?=0\.?0*$)/,"").replace("-","−")},L=e=>{let t=1/0,n=-1/0;for(let r of e)for(let i=0;i<r.length;i++){let o=Number(r[i]);o<t&&o>-1/0&&(t=o),o>n&&o<1/0&&(n=o)}return t>n?[0,1]:t===n?[t-(Math.abs(t)||1)/2,n+(Math.abs(n)||1)/2]:[t,n]},_=([e,t])=>{let n=(t-e)*.04;return[e-n,t+n]};var lt=e=>typeof e=="object"&&"data"in e,W=e=>{let t=e.shape.reduce((n,r)=>n*r,1);return e.data.length===t?e.data:e.toArray().flat(1/0)},U=e=>Array.from({length:e},(t,n)=>n),ct=e=>{let t=(Array.isArray(e)?e:[e]).filter(lt),n=i=>{let o=W(i);if(i.shape.length<2)return[o];let a=i.shape[1];return U(i.shape[0]).map(c=>Array.from({length:a},(l,s)=>o[c*a+s]))};if(t.length===1)return n(t[0]).map(i=>({x:U(i.length),y:i}));let r=W(t[0]);return t.slice(1).flatMap(n).map(i=>({x:r,y:i}))},I={left:56,right:16,top:12,bottom:40},z=class{constructor(t,n,r,i){this.canvas=t;this.view=n;this.theme=r;this.told=i;this.series=[];let o=a=>[a.offsetX,a.offsetY];t.addEventListener("pointerdown",a=>{a.pointerType!=="touch"&&(t.setPointerCapture(a.pointerId),this.dragged=o(a))}),t.addEventListener("pointermove",a=>{this.pointer=o(a),this.paint()}),t.addEventListener("pointerup",a=>{let[c,l]=[this.dragged,o(a)];if(this.dragged=void 0,c&&this.scales&&Math.abs(c[0]-l[0])>5&&Math.abs(c[1]-l[1])>5){let[s,h]=this.scales,[g,v]=[c[0],l[0]].sort((f,u)=>f-u),[p,d]=[c[1],l[1]].sort((f,u)=>f-u);this.zoomed=[j(s,g),j(s,v),j(h,d),j(h,p)]}this.paint()}),t.addEventListener("pointerleave",()=>{this.pointer=this.dragged=void 0,i(""),this.paint()}),t.addEventListener("dblclick",()=>{this.zoomed=void 0,this.paint()})}show(t){this.series=ct(t),this.paint()}paint(){let{canvas:t,series:n,view:r}=this,[i,o]=[t.clientWidth,t.clientHeight];if(!i)return;let a=devicePixelRatio,[c,l]=[Math.round(i*a),Math.round(o*a)];(t.width!==c||t.height!==l)&&([t.width,t.height]=[c,l]);let s=t.getContext("2d");s.setTransform(a,0,0,a,0,0),s.clearRect(0,0,i,o);let h=r.kind==="bars",g=r.xlim??(h?_(L(n.map(({x})=>x))):L(n.map(({x})=>x))),v=r.ylim??_(L([...n.map(({y:x})=>x),...h?[[0]]:[]])),[p,d,f,u]=this.zoomed??[...g,...v],m={low:p,high:d,from:I.left,to:i-I.right},b={low:f,high:u,from:o-I.bottom,to:I.top+(r.y||r.labels?.length?20:0)};this.scales=[m,b],this.axes(s,m,b),s.save(),s.beginPath(),s.rect(m.from,b.to,m.to-m.from,b.from-b.to),s.clip(),s.lineWidth=2,s.lineJoin="round",n.forEach((x,y)=>{s.strokeStyle=s.fillStyle=N[y%N.length],r.kind==="points"?ut(s,x,m,b):h?ht(s,x,m,b):mt(s,x,m,b)}),s.restore(),this.legend(s,m,b),this.hover(s,m,b)}axes(t,n,r){let{text:i,quiet:o,grid:a,font:c}=this.theme();t.font=`13px ${c}`,t.fillStyle=o;let[l,s]=[Math.max(2,(n.to-n.from)/90),Math.max(2,(r.from-r.to)/50)],[h,g]=[T(n.low,n.high,l),T(r.low,r.high,s)],[v,p]=[P(n.low,n.high,l),P(r.low,r.high,s)];t.textAlign="right",t.textBaseline="middle";for(let d of p){let f=Math.round(M(r,d));t.fillStyle=a,t.fillRect(n.from,f,n.to-n.from,1),t.fillStyle=o,t.fillText(R(d,g),n.from-8,f)}t.textAlign="center",t.textBaseline="top";for(let d of v){let f=Math.round(M(n,d));t.fillStyle=a,t.fillRect(f,r.from,1,4),t.fillStyle=o,t.fillText(R(d,h),f,r.from+8)}this.canvas.dataset.ticks=[v.map(d=>R(d,h)).join(" "),p.map(d=>R(d,g)).join(" ")].join("|"),t.fillStyle=i,this.view.x&&(t.textAlign="right",t.textBaseline="bottom",t.fillText(`${this.view.x} →`,n.to,r.from+40)),this.view.y&&(t.textAlign="left",t.textBaseline="bottom",t.fillText(`↑ ${this.view.y}`,n.from,r.to-6))}legend(t,n,r){let{labels:i=[]}=this.view;t.textAlign="right",t.textBaseline="bottom";let o=n.to;for(let a=Math.min(i.length,this.series.length)-1;a>=0;a--)t.fillStyle=N[a%N.length],t.fillText(i[a],o,r.to-6),o-=t.measureText(i[a]).width+16}hover(t,n,r){let{pointer:i,dragged:o,series:a}=this;if(!i)return;if(o){t.strokeStyle=this.theme().quiet,t.lineWidth=1,t.strokeRect(o[0],o[1],i[0]-o[0],i[1]-o[1]);return}let c=40**2,l;if(a.forEach((p,d)=>{let f=Math.min(p.x.length,p.y.length),u=Math.max(1,Math.floor(f/2e4));for(let m=0;m<f;m+=u){let[b,x]=[Number(p.x[m]),Number(p.y[m])],y=(M(n,b)-i[0])**2+((M(r,x)-i[1])/4)**2;y<c&&([c,l]=[y,[d,b,x]])}}),!l)return this.told("");let[s,h,g]=l;t.fillStyle=N[s%N.length],t.beginPath(),t.arc(M(n,h),M(r,g),4,0,7),t.fill();let v=this.view.labels?.[s];this.told(`${v?`${v}: `:""}${this.view.x??"x"} = ${Number(h.toPrecision(6))}, ${this.view.y??"y"} = ${Number(g.toPrecision(6))}`)}},mt=(e,{x:t,y:n},r,i)=>{let o=Math.min(t.length,n.length);e.beginPath();let a=!1,c=NaN,[l,s,h,g]=[0,0,0,0],v=()=>{if(c===c)for(let p of[l,s,h,g])e.lineTo(c,p)};for(let p=0;p<o;p++){let[d,f]=[Number(t[p]),Number(n[p])];if(!Number.isFinite(d)||!Number.isFinite(f)){v(),c=NaN,a=!1;continue}let[u,m]=[M(r,d),M(i,f)];if(a||(e.moveTo(u,m),a=!0),o>4e3){let b=Math.round(u*2)/2;if(b===c){m<s&&(s=m),m>h&&(h=m),g=m;continue}v(),c=b,l=s=h=g=m}else e.lineTo(u,m)}v(),e.stroke()},ut=(e,{x:t,y:n},r,i)=>{let o=Math.min(t.length,n.length),a=o>2e4?1:o>2e3?2:5;e.globalAlpha=o>2e4?.4:.8;for(let c=0;c<o;c++){let[l,s]=[M(r,Number(t[c])),M(i,Number(n[c]))];a<5?e.fillRect(l,s,a,a):(e.beginPath(),e.arc(l,s,a/2+.5,0,7),e.fill())}e.globalAlpha=1},ht=(e,{x:t,y:n},r,i)=>{let o=Math.min(t.length,n.length),a=Math.max(1,o>1?Math.abs(M(r,Number(t[1]))-M(r,Number(t[0])))*.9:40),c=M(i,0);for(let l=0;l<o;l++){let s=M(i,Number(n[l]));e.fillRect(M(r,Number(t[l]))-a/2,Math.min(c,s),a,Math.abs(c-s))}};var S=(e,t={},...n)=>{let r=document.createElement(e);for(let[i,o]of Object.entries(t))r.setAttribute(i,o);return r.append(...n),r},dt=e=>Math.min(10,Math.max(0,-Math.floor(Math.log10(e)+1e-9))),Y=(e,t)=>{let{name:n}=e,r=n.replaceAll("_"," ");if(e.kind==="bool"){let a=S("input",{type:"checkbox",name:n});return a.checked=e.value,a.addEventListener("input",()=>t(a.checked)),S("label",{class:"control"},S("span",{},r),a)}if(e.kind==="choice"){let a=S("select",{name:n},...e.labels.map((c,l)=>S("option",{value:String(l)},c)));return a.value=String(e.value),a.addEventListener("input",()=>t(Number(a.value))),S("label",{class:"control"},S("span",{},r),a)}if(e.kind==="range"){let a=[...e.value],c=a.map((l,s)=>X({...e,kind:"number",log:!1,value:l,name:`${n} ${s?"to":"from"}`},h=>{a[s]=h,a[0]>a[1]&&(a[1-s]=h,c[1-s].set(h)),t([...a])}));return S("div",{class:"control",role:"group","aria-label":r},S("span",{},r),S("span",{class:"pair"},...c.map(({track:l})=>l)),S("span",{class:"pair"},...c.map(({typed:l})=>l)))}let{track:i,typed:o}=X(e,t);return S("label",{class:"control"},S("span",{},r),i,o)},X=(e,t)=>{let{low:n,high:r,step:i,integer:o,log:a,name:c}=e,l=u=>a?10**u:u,s=u=>a?Math.log10(u):u,h=u=>o?String(u):a?String(Number(u.toPrecision(4))):u.toFixed(dt(i)),g=S("input",{type:"range",name:c,"aria-label":c,min:String(n),max:String(r),step:String(i)}),v=S("input",{type:"text",inputmode:"decimal","aria-label":`${c}, value`,size:"7"}),p=u=>{g.value=String(s(u)),v.value=h(u),g.setAttribute("aria-valuetext",v.value)},d=u=>{p(u),t(u)},f=u=>{let m=l(Math.min(Math.max(u,n),r));return o?Math.round(m):m};return g.addEventListener("input",()=>d(f(Number(g.value)))),g.addEventListener("keydown",u=>{let m=u.key==="PageUp"?10:u.key==="PageDown"?-10:0;m&&(u.preventDefault(),d(f(Number(g.value)+m*i)))}),v.addEventListener("change",()=>{let u=Number(v.value.replace("−","-").replace(",","."));d(Number.isFinite(u)&&v.value.trim()?f(s(u)):f(Number(g.value)))}),g.addEventListener("dblclick",()=>d(e.value)),p(e.value),{track:g,typed:v,set:p}};var G=76,H=class{constructor(t,n,r,i){this.canvas=t;this.view=n;this.theme=r;this.told=i;this.cells=document.createElement("canvas");this.values=[];this.shape=[0,0];this.limits=[0,1];this.map=O(n.cmap??"viridis"),t.addEventListener("pointermove",o=>this.hover(o.offsetX,o.offsetY)),t.addEventListener("pointerleave",()=>i(""))}get mapped(){return this.shape.length===2}show(t){let n=t,[r=0,i=0,o=0]=this.shape=n.shape,a=n.shape.reduce((g,v)=>g*v,1);this.values=n.data.length===a?n.data:n.toArray().flat(1/0);let{cells:c,values:l,map:s,view:h}=this;if((c.width!==i||c.height!==r)&&([c.width,c.height]=[i,r]),r&&i){let g=c.getContext("2d"),v=g.createImageData(i,r),p=v.data;if(this.mapped){let[d,f]=this.limits=[h.vmin,h.vmax].every(m=>m!==void 0)?[h.vmin,h.vmax]:pt(h,l),u=255/(f-d||1);for(let m=0;m<a;m++){let b=(Number(l[m])-d)*u,x=3*(b>255?255:b>0?b|0:0),y=4*m;p[y]=s[x],p[y+1]=s[x+1],p[y+2]=s[x+2],p[y+3]=b===b?255:0}}else for(let d=0;d<r*i;d++)for(let f=0;f<4;f++)p[4*d+f]=f<o?Number(l[o*d+f]):255;g.putImageData(v,0,0)}this.paint()}box(){let[t=1,n=1]=this.shape,r=this.canvas.clientWidth-(this.mapped?G:0),i=Math.min(r/n,this.canvas.clientHeight/t);return[0,0,n*i,t*i]}paint(){let{canvas:t,cells:n,theme:r}=this,i=t.clientWidth,[o=0,a=0]=this.shape;if(!i||!o||!a)return;let c=Math.round(Math.min(480,(i-(this.mapped?G:0))/a*o));t.style.height=`${c}px`;let l=devicePixelRatio;[t.width,t.height]=[Math.round(i*l),Math.round(c*l)];let s=t.getContext("2d");s.setTransform(l,0,0,l,0,0);let[h,g,v,p]=this.box();if(s.imageSmoothingEnabled=v<a,s.save(),this.view.origin==="lower"&&(s.translate(0,p),s.scale(1,-1)),s.drawImage(n,h,g,v,p),s.restore(),!this.mapped)return;let[d,f]=this.limits,u=v+12;for(let w=0;w<p;w++){let k=3*Math.round((1-w/Math.max(1,p-1))*255);s.fillStyle=`rgb(${this.map[k]},${this.map[k+1]},${this.map[k+2]})`,s.fillRect(u,w,12,1.5)}let{quiet:m,font:b}=r();s.font=`12px ${b}`,s.fillStyle=m,s.textBaseline="middle";let x=T(d,f,Math.max(2,p/50)),y=P(d,f,Math.max(2,p/50));for(let w of y){let k=Math.min(Math.max((1-(w-d)/(f-d))*p,6),p-6);s.fillText(R(w,x),u+17,k)}t.dataset.ticks=y.map(w=>R(w,x)).join(" ")}hover(t,n){let[r=0,i=0,o]=this.shape,[,,a,c]=this.box(),l=Math.floor(t/a*i),s=Math.floor(n/c*r),h=this.view.origin==="lower"?r-1-s:s;if(!(l>=0&&l<i&&h>=0&&h<r))return this.told("");let g=h*i+l,v=o?Array.from({length:o},(p,d)=>this.values[o*g+d]).join(", "):Number(Number(this.values[g]).toPrecision(6));this.told(`[${h}, ${l}] = ${v}`)}},pt=(e,t)=>{let[n,r]=L([t]);return[e.vmin??n,e.vmax??r]};var J=`:host {
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
`;var V=e=>typeof e=="object"&&"data"in e,bt=e=>{if(Array.isArray(e))return e.every(V)?"lines":"table";if(!V(e))return"number";let{shape:t,dtype:n}=e;return t.length===3&&n==="uint8"&&(t[2]===3||t[2]===4)?"rgb":t.length===2?"image":t.length===1?"lines":"table"},Q=e=>typeof e=="number"&&!Number.isInteger(e)?String(Number(e.toPrecision(6))):String(e),A=(e,t="")=>{let n=document.createElement(e);return t&&(n.className=t),n},gt=e=>({show(t){if(!Array.isArray(t)&&!V(t)){let o=A("div","number");return o.textContent=Q(t),e.replaceChildren(o)}let n=Array.isArray(t)?t.map(o=>V(o)?o.toArray():o):t.toArray(),r=A("table");n.slice(0,200).forEach((o,a)=>{let c=r.insertRow(),l=A("th");l.textContent=String(a),c.append(l);for(let s of[o].flat().slice(0,50))c.insertCell().textContent=Q(s)});let i=A("div","scroll");i.tabIndex=0,i.append(r),e.replaceChildren(i)},paint(){}}),Z=(e,t,n)=>{let r=e.attachShadow({mode:"open"}),i=new CSSStyleSheet;i.replaceSync(J),r.adoptedStyleSheets=[i];let o=A("div","panels"),a=A("div","controls"),c=A("p","told"),l=A("p","error");l.setAttribute("role","alert"),r.append(o,c,l,a);let s=()=>{let{color:m,fontFamily:b}=getComputedStyle(e),[x=0,y=0,w=0]=(m.match(/[\d.]+/g)??[]).map(Number),k=C=>`rgba(${x},${y},${w},${C})`;return{text:m,quiet:k(.65),grid:k(.12),font:b}},h=[],g=m=>{h=m.map((x,y)=>{let w=t.views[y]??t.views[0]??{kind:"auto"},k=w.kind==="auto"?bt(x):w.kind,C=A("figure"),q=w.title??t.names?.[y];if(q){let E=A("figcaption");E.textContent=q,C.append(E)}if(o.append(C),k==="table"||k==="number"){let E=A("div");return C.append(E),gt(E)}let $=A("canvas");$.setAttribute("role","img"),$.setAttribute("aria-label",q??t.alt),C.append($);let B=E=>{c.textContent=E};return k==="image"||k==="rgb"?new H($,w,s,B):new z($,{...w,kind:k},s,B)}),new ResizeObserver(()=>h.forEach(x=>x.paint())).observe(o)},v=t.controls.map(({value:m})=>m),p=()=>{let m=[],b=[];return t.controls.forEach((x,y)=>{let w=v[y];x.kind!=="choice"?m.push(w):x.values?m.push(x.values[w]):b.push(w)}),n[t.kernels[b.join()]](...m)},d={values:v,result:void 0};Object.defineProperty(e,"figure",{value:d});let f=()=>{try{let m=d.result=p(),b=t.names?m:[m];h.length||g(b),h.forEach((x,y)=>x.show(b[y])),l.textContent=""}catch(m){let{name:b,message:x,pyLine:y,pyFunction:w}=m;l.textContent=`${b}: ${x}${y?` (line ${y}, in ${w})`:""}`}},u=!1;t.controls.forEach((m,b)=>a.append(Y(m,x=>{v[b]=x,!u&&(u=!0,requestAnimationFrame(()=>{u=!1,f()}))}))),matchMedia("(prefers-color-scheme: dark)").addEventListener("change",()=>h.forEach(m=>m.paint())),f()};var tt=(e,t,n)=>{for(let r of Array.from(document.querySelectorAll(`[data-np="${e}"]:not([data-np-on])`))){r.setAttribute("data-np-on","");try{Z(r,t,n())}catch(i){let o=document.createElement("p");o.textContent=`This figure does not move: ${String(i)}`,(r.shadowRoot??r).append(o)}}};return at(vt);})();

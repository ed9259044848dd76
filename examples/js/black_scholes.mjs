// JavaScript has no erf. NEAR is the Chebyshev fit of erf(√s)/√s on 0 ≤ s ≤ 1, and FAR that of exp(x²)·erfc(x) as a
// polynomial in (x - 3)/(x + 3) on 1 ≤ x ≤ 6, both accurate to 1e-17; coefficients from the constant upwards.
const NEAR = [
  1.1283791670955126, -0.37612638903183543, 0.11283791670945006, -0.02686617064323777, 0.0052239776071164225,
  -0.0008548325975389692, 0.00012055294904839707, -1.492473690741966e-05, 1.6447424703317362e-06,
  -1.6208483801871705e-07, 1.3720064546777686e-08, -7.795898827002142e-10,
];
const FAR = [
  0.17900115118138996, -0.3262335600430372, 0.24560380171233487, -0.15011593650077898, 0.07166583719747308,
  -0.024392499318915004, 0.004269136356961225, 0.0007077464666941425, -0.0005970624964924544,
  4.525434558991009e-05, 6.406279226046039e-05, -1.2845780030775907e-05, -8.00978093907608e-06,
  2.0135111426447427e-06, 1.2755818949624478e-06, 3.381355142042904e-09,
];

function polynomial(coefficients, x) {
  let value = 0;
  for (let i = coefficients.length - 1; i >= 0; i--) value = value * x + coefficients[i];
  return value;
}

function erf(x) {
  const a = Math.abs(x);
  if (a <= 1) return x * polynomial(NEAR, x * x);
  const tail = a < 6 ? Math.exp(-x * x) * polynomial(FAR, (a - 3) / (a + 3)) : 0;
  return x > 0 ? 1 - tail : tail - 1;
}

function normalCdf(x) {
  return 0.5 * (1 + erf(x * Math.SQRT1_2));
}

export function black_scholes(spot, strike, years, rate, volatility, call, put) {
  for (let i = 0; i < spot.length; i++) {
    const root = volatility * Math.sqrt(years[i]);
    const d1 = (Math.log(spot[i] / strike[i]) + (rate + 0.5 * volatility * volatility) * years[i]) / root;
    const d2 = d1 - root;
    const discounted = strike[i] * Math.exp(-rate * years[i]);
    const value = spot[i] * normalCdf(d1) - discounted * normalCdf(d2);
    call[i] = value;
    put[i] = value - spot[i] + discounted;
  }
}

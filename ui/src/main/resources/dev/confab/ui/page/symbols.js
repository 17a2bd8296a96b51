/** What TeX's commands stand for. */

const table = (text) => new Map(text.trim().split(/\s+/).map((pair) => pair.split(":")));

/** Letters, which stand upright where they are capitals of Greek. */
export const LETTERS = table(`
  alpha:α beta:β gamma:γ delta:δ epsilon:ϵ varepsilon:ε zeta:ζ eta:η theta:θ vartheta:ϑ iota:ι kappa:κ lambda:λ mu:μ nu:ν xi:ξ
  pi:π varpi:ϖ rho:ρ varrho:ϱ sigma:σ varsigma:ς tau:τ upsilon:υ phi:ϕ varphi:φ chi:χ psi:ψ omega:ω Gamma:Γ Delta:Δ Theta:Θ
  Lambda:Λ Xi:Ξ Pi:Π Sigma:Σ Upsilon:Υ Phi:Φ Psi:Ψ Omega:Ω ell:ℓ hbar:ℏ imath:ı jmath:ȷ Re:ℜ Im:ℑ aleph:ℵ wp:℘ infty:∞ partial:∂
  nabla:∇ emptyset:∅ varnothing:∅ top:⊤ bot:⊥ angle:∠ degree:° ldots:… dots:… cdots:⋯ vdots:⋮ ddots:⋱`);

export const OPERATORS = table(`
  times:× cdot:⋅ div:÷ pm:± mp:∓ ast:∗ star:⋆ circ:∘ bullet:∙ oplus:⊕ otimes:⊗ odot:⊙ cap:∩ cup:∪ setminus:∖ wedge:∧ land:∧ vee:∨
  lor:∨ neg:¬ lnot:¬ le:≤ leq:≤ ge:≥ geq:≥ ne:≠ neq:≠ ll:≪ gg:≫ approx:≈ sim:∼ simeq:≃ cong:≅ equiv:≡ propto:∝ in:∈ notin:∉ ni:∋
  subset:⊂ supset:⊃ subseteq:⊆ supseteq:⊇ to:→ rightarrow:→ leftarrow:← gets:← leftrightarrow:↔ Rightarrow:⇒ implies:⟹ Leftarrow:⇐
  Leftrightarrow:⇔ iff:⟺ mapsto:↦ uparrow:↑ downarrow:↓ longrightarrow:⟶ hookrightarrow:↪ forall:∀ exists:∃ nexists:∄ mid:∣ parallel:∥
  perp:⟂ vdash:⊢ models:⊨ colon:: prime:′ langle:⟨ rangle:⟩ lfloor:⌊ rfloor:⌋ lceil:⌈ rceil:⌉ lbrace:{ rbrace:} vert:| Vert:‖ lvert:|
  rvert:| lVert:‖ rVert:‖ backslash:\\ asymp:≍ prec:≺ succ:≻ therefore:∴ because:∵`);

/** Their limits stand below and above in formulas of their own, but for integrals. */
export const LARGE = table("sum:∑ prod:∏ coprod:∐ bigcup:⋃ bigcap:⋂ bigoplus:⨁ bigotimes:⨂ bigvee:⋁ bigwedge:⋀ int:∫ iint:∬ iiint:∭ oint:∮");
export const FUNCTIONS = new Set("sin cos tan cot sec csc arcsin arccos arctan sinh cosh tanh log ln lg exp arg deg dim hom ker".split(" "));
export const WITH_LIMITS = new Set("lim limsup liminf max min sup inf det gcd Pr argmax argmin".split(" "));
export const ACCENTS = table("hat:^ widehat:^ bar:¯ overline:¯ vec:→ overrightarrow:→ dot:˙ ddot:¨ tilde:~ widetilde:~ overbrace:⏞");
export const BELOW = table("underline:_ underbrace:⏟");
export const SPACES = table(",:0.17em ::0.22em ;:0.28em !:-0.17em quad:1em qquad:2em");
export const TEXTS = new Set(["text", "textrm", "textbf", "textit", "mbox", "operatorname", "mathrm"]);
export const FENCES = table("pmatrix:() bmatrix:[] Bmatrix:{} vmatrix:|| Vmatrix:‖‖");
export const GRIDS = new Set(["matrix", "array", "aligned", "align", "align*", "gathered", "split", "cases", ...FENCES.keys()]);

/** The first code points of mathematical alphabets, and the letters that Unicode had before. */
export const ALPHABETS = {
  mathbf: { A: 0x1d400, a: 0x1d41a, 0: 0x1d7ce, known: {} },
  boldsymbol: { A: 0x1d468, a: 0x1d482, 0: 0x1d7ce, known: {} },
  mathbb: { A: 0x1d538, a: 0x1d552, 0: 0x1d7d8, known: { C: "ℂ", H: "ℍ", N: "ℕ", P: "ℙ", Q: "ℚ", R: "ℝ", Z: "ℤ" } },
  mathcal: {
    A: 0x1d49c, a: 0x1d4b6,
    known: { B: "ℬ", E: "ℰ", F: "ℱ", H: "ℋ", I: "ℐ", L: "ℒ", M: "ℳ", R: "ℛ", e: "ℯ", g: "ℊ", o: "ℴ" },
  },
  mathfrak: { A: 0x1d504, a: 0x1d51e, known: { C: "ℭ", H: "ℌ", I: "ℑ", R: "ℜ", Z: "ℨ" } },
  mathsf: { A: 0x1d5a0, a: 0x1d5ba, 0: 0x1d7e2, known: {} },
  mathtt: { A: 0x1d670, a: 0x1d68a, 0: 0x1d7f6, known: {} },
};

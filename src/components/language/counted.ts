/** One sentence per plural form that the language has; `#` stands for the number. */
export type CountedForms = Readonly<Partial<Record<Intl.LDMLPluralRule, string>> & { other: string }>;

/**
 * A sentence about a number, in the plural form that the language wants and in its digits.
 *
 * @param language - a BCP 47 tag.
 */
export function counted(language: string, forms: CountedForms): (count: number) => string {
  return (count) => {
    const form = forms[new Intl.PluralRules(language).select(count)] ?? forms.other;
    return form.replace('#', new Intl.NumberFormat(language).format(count));
  };
}

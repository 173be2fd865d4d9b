import * as fc from 'fast-check'

/** Texts that a CSV cell has its rules for, and what looks like them; each is whole UTF-16. */
export const nastyCell: fc.Arbitrary<string> = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.stringMatching(/^[-=+@\t\r"',;\n0-9.eE张]{0,24}$/),
  fc.stringMatching(/^-?\d{1,13}(?:\.\d{0,7})?(?:[eE][-+]?\d{0,3})?$/),
  fc.constantFrom(
    '',
    '0',
    '1',
    '00',
    '0012',
    '110101199003071234',
    '张"三',
    'a\r\nb',
    '\0',
    'a\0b',
    '\uFEFF',
    'ÿþ',
    '😀',
  ),
)

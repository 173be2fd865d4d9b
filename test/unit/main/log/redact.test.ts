import { describe, expect, it } from 'vitest'
import { redact } from '#main/log/redact.ts'

describe('a log line', () => {
  it.each([
    ['GET /order?key=AbC123&name=13800138000&password=p%20w&type=1', 'GET /order?key=***&name=***&password=***&type=1'],
    ['api_token=t0k&apipwd=x&apiuser=u&sign=abc', 'api_token=***&apipwd=***&apiuser=***&sign=***'],
    ['{"token":"a\\"b","sk":"s","label":"店"}', '{"token":"***","sk":"***","label":"店"}'],
    ['sign: 0123', 'sign: ***'],
    ['phone 13800138000.', 'phone ***.'],
    ['id 11010119900307123X and 110101199003071234', 'id *** and ***'],
    [`database key ${'ab'.repeat(32)}`, 'database key ***'],
    [`sign ${'0f'.repeat(16)} sent`, 'sign *** sent'],
  ])('hides what is secret or personal in %s', (line, expected) => {
    expect(redact(line)).toBe(expected)
  })

  it.each([
    'order 0020240901123456789 kept',
    'at 1732485600123 ms',
    'type=1&channels=2&start=2024-09-01+00%3A00%3A00',
    'accounts.list failed: AppError: monkey=banana',
    'received 12345678901 bytes',
  ])('keeps %s', (line) => {
    expect(redact(line)).toBe(line)
  })
})

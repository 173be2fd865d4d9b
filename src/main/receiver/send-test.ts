import { request } from 'node:http'

export interface TestAnswer {
  status: number
  answer: string
  tookMs: number
}

const patienceMs = 5_000
const shownLength = 500

/** Posts to an address what 敢探号 posts when an address is saved, as patiently as it waits. */
export function sendTest(address: string): Promise<TestAnswer> {
  const startedAt = performance.now()
  const body = 'msg=success'
  return new Promise((resolve, reject) => {
    const headers = { 'content-type': 'application/x-www-form-urlencoded', 'content-length': body.length }
    const sent = request(address, { method: 'POST', headers, timeout: patienceMs, agent: false }, (response) => {
      let answer = ''
      response.setEncoding('utf8')
      response.on('data', (piece: string) => (answer += piece.slice(0, shownLength)))
      response.once('end', () => {
        const tookMs = Math.round(performance.now() - startedAt)
        resolve({ status: response.statusCode ?? 0, answer: answer.slice(0, shownLength), tookMs })
      })
    })
    sent.once('timeout', () => sent.destroy(new Error('no answer')))
    sent.once('error', reject)
    sent.end(body)
  })
}

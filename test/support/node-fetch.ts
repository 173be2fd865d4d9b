/**
 * Node's fetch without the app's `connection: close`. Node 24's own client throws an assertion of its own outside every
 * promise when the server closes such a connection while more than 64 KB of the reply are still unread; Electron's
 * client, which the app uses, knows no such fault.
 */
export const nodeFetch: typeof fetch = (input, init) => {
  const request = new Request(input, init)
  request.headers.delete('connection')
  return fetch(request)
}

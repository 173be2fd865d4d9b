/** How to reach the practice gateway. Its secrets are made up and worth nothing. */
export interface PracticeCredentials {
  /** Full address of the order interface, on loopback. */
  readonly gateway: string
  readonly key: string
  readonly name: string
  readonly password: string
  readonly token: string
  readonly sk: string
}

/** What the accounts need of the practice gateway's keeper. */
export interface PracticeGatewayKeeper {
  /** Starts the gateway unless it runs; the same credentials as long as it runs. */
  start(): Promise<PracticeCredentials>
  /** Stops it and deletes its files; the database's files are closed before and go too. */
  remove(): Promise<void>
  /** Stops it; its world goes on at the next start. */
  stop(): Promise<void>
}

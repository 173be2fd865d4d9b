import { say } from './project.ts'

/** Runs a script's work; it returns the exit code. What goes wrong becomes a message on stderr and exit code 1. */
export async function runScript(work: () => Promise<number>): Promise<void> {
  try {
    process.exitCode = await work()
  } catch (error) {
    say(error instanceof Error ? error.message : String(error))
    process.exitCode = 1
  }
}

/** What the bench uses of Hubot, which describes no types itself. */
declare module 'hubot' {
  export interface User {
    readonly id: string
    readonly room: string
  }
  export class TextMessage {
    readonly text: string
    readonly id: string
    constructor(user: User, text: string, id: string)
  }
  export interface Envelope {
    readonly room: string
    readonly message: TextMessage
  }
  export interface Response {
    readonly message: TextMessage
    reply(...texts: readonly string[]): Promise<void>
  }
  export class Adapter {
    readonly robot: Robot
    constructor(robot: Robot)
    send(envelope: Envelope, ...texts: readonly string[]): Promise<void>
    reply(envelope: Envelope, ...texts: readonly string[]): Promise<void>
    run(): Promise<void>
    receive(message: TextMessage): Promise<void>
  }
  export class Robot {
    readonly name: string
    readonly brain: { userForId(id: string, options: { readonly room: string }): User }
    constructor(adapter: { use(robot: Robot): Adapter }, hasServer: boolean, name: string)
    loadAdapter(): Promise<void>
    respond(pattern: RegExp, answer: (response: Response) => Promise<void>): void
    run(): Promise<void>
  }
}

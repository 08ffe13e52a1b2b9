/** A conversation that NOX made for one matter. */
export interface Room {
  readonly id: string
  readonly name: string
}

export interface RoomDraft {
  /** Any words: the channel makes a name of them that it takes. The same words name the same room. */
  readonly name: string
  readonly topic: string
  /** Ids of those who are brought in. */
  readonly people: readonly string[]
}

/** Conversations that are made for one matter, such as an incident. */
export interface Rooms {
  /**
   * Makes it, or gives the one that an attempt of before made; `missing` are those who could not be brought in.
   * @throws NoxError with a sentence where the channel does not let NOX
   */
  open(tenantId: string, draft: RoomDraft): Promise<{ readonly room: Room; readonly missing: readonly string[] }>
  /** Twice is once. @throws NoxError with a sentence */
  archive(tenantId: string, roomId: string): Promise<void>
}

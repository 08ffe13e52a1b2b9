/** What a channel stands for where an order does not say: its service, its environment, its cluster. */
export interface ChannelDefault {
  readonly service?: string
  readonly environment?: string
  readonly cluster?: string
}

import type { FollowUpWords } from '../lexicon.ts'

/** How an English message goes on with the order of its thread. */
export const followUps: FollowUpWords = {
  repeat: [
    'again',
    'once again',
    'once more',
    'one more time',
    'do it again',
    'do that again',
    'do the same',
    'run it again',
    'run that again',
    'try again',
    'try it again',
    'rerun',
    'rerun it',
    'redo',
    'redo it',
    'retry',
    'repeat',
    'repeat that',
    'same',
    'same thing',
    'the same',
    'the same thing',
    'same again',
    'ditto',
    'likewise',
  ],
  change: [
    'and',
    'and now',
    'and what about',
    'and how about',
    'what about',
    'how about',
    'now',
    'then',
    'and then',
    'instead',
    'rather',
    'no rather',
    'make it',
    'make that',
  ],
}

/** What stands between two orders of one message. */
export const sequences: readonly string[] = [
  'then',
  'and then',
  'after that',
  'and after that',
  'afterwards',
  'and afterwards',
]

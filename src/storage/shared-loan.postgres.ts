import type { Lent } from './connections.postgres.ts'

/** One connection, lent for as long as anybody is at work on it. */
export interface SharedLoan {
  /**
   * What several borrow at once goes out in their order on the same connection. Each gives back once.
   * @throws NoxError `storage` where no connection can be had
   */
  borrow(): Promise<Lent>
}

/** @param lend a connection from the pool */
export function createSharedLoan(lend: () => Promise<Lent>): SharedLoan {
  let current: { readonly lent: Promise<Lent>; borrowers: number } | undefined
  return {
    async borrow() {
      current ??= { lent: lend(), borrowers: 0 }
      const mine = current
      mine.borrowers += 1
      const leave = () => {
        if (current === mine) current = undefined
      }
      const lent = await mine.lent.catch((error: unknown) => {
        leave()
        throw error
      })
      return {
        sql: lent.sql,
        giveBack(state) {
          mine.borrowers -= 1
          if (state === 'well' && mine.borrowers > 0) return
          // A connection that broke, broke for all of them: the next borrower has another one.
          leave()
          lent.giveBack(state)
        },
      }
    },
  }
}

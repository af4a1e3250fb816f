/** Requests of Node's server whose bodies come in one piece, as nearly all do, and need no stream. */
import { http } from './http.ts'

const nothing = Buffer.alloc(0)

/**
 * Keeps the first piece of a body out of the stream, which costs more than reading and answering a
 * small request together. A body of several pieces, or one that somebody reads before it has come,
 * goes through the stream as ever.
 */
export class WholeMessage extends http.IncomingMessage {
  private piece: Buffer | null = null
  private isWhole = false
  private isStream = false
  private isRead = false

  /** Node's own: what nobody consumes is read away. Of a body that is whole there is nothing left. */
  get _consuming(): boolean {
    return this.isWhole || this.isRead
  }
  set _consuming(value: boolean) {
    this.isRead = value
  }

  override push(chunk: Buffer | null): boolean {
    const isFirst = !this.isStream && this.readableFlowing === null
    if (isFirst && chunk === null) {
      this.isWhole = true
      return true
    }
    if (isFirst && this.piece === null) {
      this.piece = chunk
      return true
    }
    this.becomeStream()
    return super.push(chunk)
  }

  private becomeStream(): void {
    this.isStream = true
    const { piece } = this
    this.piece = null
    if (piece !== null) super.push(piece)
  }

  /** The whole body; undefined where it is to be read from the stream. */
  takeWhole(): Buffer | undefined {
    if (!this.isWhole) {
      this.becomeStream()
      return undefined
    }
    const { piece } = this
    this.piece = null
    return piece ?? nothing
  }
}

/** Messages a viewer was sent together. They may be shared by many viewers. */
export type Parcel = { seq: number; messages: number; characters: number };

/** How much may be on its way to a viewer that says what it has, before the next waits until it has said so. */
const onTheWay = { messages: 200, characters: 256 * 1024 };

/** How much a viewer gets that never says what it has. Nobody can know whether it reads: then it has to come back. */
const untilBack = { messages: 5000, characters: 4 * 1024 * 1024 };

/**
 * What a viewer was sent and has not yet said to have. A socket does not tell how much waits in it, so this is what
 * bounds the memory that one slow viewer takes.
 */
export class Unheard {
  #parcels: Parcel[] = [];
  #messages = 0;
  #characters = 0;

  add(parcel: Parcel): void {
    this.#parcels.push(parcel);
    this.#messages += parcel.messages;
    this.#characters += parcel.characters;
  }

  /** The viewer has everything up to this sequence number. */
  heard(seq: number): void {
    const left = this.#parcels.findIndex((parcel) => parcel.seq > seq);
    for (const parcel of this.#parcels.splice(0, left < 0 ? this.#parcels.length : left)) {
      this.#messages -= parcel.messages;
      this.#characters -= parcel.characters;
    }
  }

  /** Nothing more may be sent for now. */
  isFull(saysWhatItHas: boolean): boolean {
    const most = saysWhatItHas ? onTheWay : untilBack;
    return this.#messages >= most.messages || this.#characters >= most.characters;
  }
}

/** The largest answer that is read, in bytes: 5 MiB. */
public const val MAX_ANSWER_BYTES: Int = 5_242_880

/** How high a house may be. */
public const val MAX_FLOORS: Int = 12

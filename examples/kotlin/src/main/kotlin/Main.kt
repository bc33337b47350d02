import kotlin.system.exitProcess

/** An enrollment desk: everything goes through the bank's own back end, so that there is no key here. */
fun main(args: Array<String>) {
    val backEnd = System.getenv("BACK_END") ?: "https://app.bank.example/api"
    exitProcess(App(backEnd, ::println).run(args.asList()))
}

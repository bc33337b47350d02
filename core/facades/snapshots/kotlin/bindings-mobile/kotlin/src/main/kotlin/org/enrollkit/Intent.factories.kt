        /**
         * Says whether Acme approves.
         *
         * @param userId the user's id, as you gave it
         */
        @JvmStatic
        public fun approve(userId: String): Intent = parse(intentText(Action.ACME_ID_APPROVE, "user_id" to userId))

        /**
         * Erases a user. `confirm` must repeat the "user id".
         *
         * @param userId the user's id, as you gave it
         * @param confirm the user's id again
         */
        @JvmStatic
        public fun eraseForEver(userId: String, confirm: String): Intent =
            parse(intentText(Action.ACME_ID_ERASE_FOR_EVER, "user_id" to userId, "confirm" to confirm))

        /**
         * Signs a user up.
         *
         * @param user the user who is to be signed up
         * @param branchName the branch, when it is not the main one
         */
        @JvmStatic
        @JvmOverloads
        public fun signUp(user: SignUpUser, branchName: String? = null): Intent = signUp(user.toJson(), branchName)

        /** As [signUp], of an open object. */
        @JvmStatic
        @JvmOverloads
        public fun signUp(user: JsonObject, branchName: String? = null): Intent = withJson(user) { signUp(it, branchName) }

        /** As [signUp], of an object's JSON text, which is sent to the last digit. */
        @JvmStatic
        @JvmOverloads
        public fun signUp(userJson: String, branchName: String? = null): Intent =
            signUpIntent(unicode("", userJson), branchName?.let { unicode("branch_name", it) })

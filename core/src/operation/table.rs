//! Everything that can be called: one row each. Enums, facts, intents, methods, readers and what other languages are told are
//! made from it, each on its own floor; a row that lacks something does not compile.

/// Gives the table to another macro. Of a row:
///
/// - its sentence, which is the documentation of the variants and of the method in every language;
/// - the method, the [`super::Action`], the [`super::Operation`] and its slug;
/// - `intent`: whether Rust's factory and methods are made of the keys (`plain`) or written by hand, the keys' type and the
///   parameters;
/// - `effect`: `change` or `look`; a change needs an operator at Smile ID, and may have happened when its answer is lost;
/// - `again`: what may be sent again after a failure, see [`super::Again`];
/// - `request`: the endpoint's file, and what its `request` is given besides;
/// - `outcome`: what an answer is read into;
/// - `shown_by`: what a look-up must show for the change to be in effect. `only` true: that the flag is not there does not say that
///   it never was.
macro_rules! operations {
    ($action:ident) => {
        $action! {
            smile_id SmileId {
                /// Makes an authenticated call for what has no method.
                raw SmileIdRaw "smile_id.raw";

                /// Lets a user submit one more enrollment job under the same id.
                re_enroll ReEnroll SmileIdReEnroll "smile_id.re_enroll" {
                    intent: plain smile_id::UserKeys(user_id: value::UserId),
                    effect: change,
                    again: NewCall,
                    request: enrollee(("allow_new_enroll", true)),
                    outcome: outcome::Acknowledged,
                    // The permission ends when it is used.
                    shown_by: (allow_new_enroll: only true),
                }

                /// Keeps a user from running jobs, until reactivated.
                deactivate Deactivate SmileIdDeactivate "smile_id.deactivate" {
                    intent: plain smile_id::UserKeys(user_id: value::UserId),
                    effect: change,
                    again: NewCall,
                    request: enrollee(("active", false)),
                    outcome: outcome::Acknowledged,
                    shown_by: (inactive: true),
                }

                /// Undoes a deactivation.
                reactivate Reactivate SmileIdReactivate "smile_id.reactivate" {
                    intent: plain smile_id::UserKeys(user_id: value::UserId),
                    effect: change,
                    again: NewCall,
                    request: enrollee(("active", true)),
                    outcome: outcome::Acknowledged,
                    shown_by: (inactive: false),
                }

                /// Marks a user as fraudulent: jobs still run and collect data, all are marked failed.
                flag_fraud FlagFraud SmileIdFlagFraud "smile_id.flag_fraud" {
                    intent: plain smile_id::UserKeys(user_id: value::UserId),
                    effect: change,
                    again: NewCall,
                    request: enrollee(("is_fraudulent", true)),
                    outcome: outcome::Acknowledged,
                    shown_by: (is_fraudulent: true),
                }

                /// Takes the fraud mark away.
                clear_fraud ClearFraud SmileIdClearFraud "smile_id.clear_fraud" {
                    intent: plain smile_id::UserKeys(user_id: value::UserId),
                    effect: change,
                    again: NewCall,
                    request: enrollee(("is_fraudulent", false)),
                    outcome: outcome::Acknowledged,
                    shown_by: (is_fraudulent: false),
                }

                /// Deletes a user for ever; the id can never be used again. `confirm` must repeat the user id exactly.
                delete_permanently DeletePermanently SmileIdDeletePermanently "smile_id.delete_permanently" {
                    intent: by_hand smile_id::DeletionKeys(user_id: value::UserId, confirm: str),
                    effect: change,
                    again: NewCall,
                    request: enrollee(("delete", true)),
                    outcome: outcome::Acknowledged,
                    shown_by: (deleted: true),
                }

                /// Looks a user up: flags and history. The answer holds heavy personal data.
                enrollee_info EnrolleeInfo SmileIdEnrolleeInfo "smile_id.enrollee_info" {
                    intent: plain smile_id::UserKeys(user_id: value::UserId),
                    effect: look,
                    again: NewCall,
                    request: enrollee_info(),
                    outcome: smile_id::EnrolleeInfo,
                    shown_by: nothing,
                }
            }

            unifyia Unifyia {
                /// Makes an authenticated call for what has no method: the default workflow, groups and roles, say.
                raw UnifyiaRaw "unifyia.raw";

                /// Signs a user up, at the user's `organisationName` unless the path has another organization.
                sign_up SignUp UnifyiaSignUp "unifyia.sign_up" {
                    intent: by_hand unifyia::SignUpKeys(user: unifyia::User, organization: value::OrganizationName),
                    effect: change,
                    again: NewCallUnlessFailed,
                    request: sign_up(),
                    outcome: unifyia::SignedUp,
                    shown_by: nothing,
                }

                /// Fetches an organization's branding.
                branding Branding UnifyiaBranding "unifyia.branding" {
                    intent: plain unifyia::BrandingKeys(organization: value::OrganizationName),
                    effect: look,
                    again: SameCall,
                    request: branding(),
                    outcome: unifyia::Branding,
                    shown_by: nothing,
                }
            }
        }
    };
}

pub(crate) use operations;

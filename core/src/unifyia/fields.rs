//! Every field of the user object: one row each, from which the checks, the setters and the bindings' types are made.
//!
//! Source: Unifyia, user sign-up, "user Object", in its order and with its wording. The last column is our judgement: what
//! whoever fills in their own form must not set (ids, groups, workflow, status, `can*`, `is*`, express flags, documents that
//! the organization issues, audit fields).

/// Where `status` and `enrollmentStatus` can stand; the literal words, spaces included.
pub const ENROLLMENT_STATUSES: [&str; 4] =
    ["PENDING ENROLLMENT", "ENROLLMENT IN PROGRESS", "PENDING APPROVAL", "READY FOR ISSUANCE"];

/// The key of the organization's name in the user object, in the service's own British spelling.
pub(super) const ORGANIZATION_KEY: &str = "organisationName";

/// The JSON type of a field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FieldKind {
    /// Text.
    Text,
    /// Text that names a person, an account or a group: without control characters, what nobody can see, and outer space.
    Name,
    /// Text that is an e-mail address.
    Email,
    /// One of [`ENROLLMENT_STATUSES`](super::ENROLLMENT_STATUSES).
    Status,
    /// A time, as text.
    Instant,
    /// An integer of 64 bits.
    Long,
    /// A boolean.
    Flag,
    /// An object whose shape the workflow decides.
    Object,
    /// An array of such objects.
    Array,
    /// An array of such objects, or one.
    ObjectOrArray,
}

impl FieldKind {
    /// The JSON type in a word or two.
    #[must_use]
    pub const fn expected(self) -> &'static str {
        match self {
            Self::Text | Self::Name | Self::Email | Self::Status | Self::Instant => "string",
            Self::Long => "integer",
            Self::Flag => "boolean",
            Self::Object => "object",
            Self::Array => "array of objects",
            Self::ObjectOrArray => "array of objects or object",
        }
    }
}

/// A field of the user object.
#[non_exhaustive]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Field {
    /// The wire name.
    pub name: &'static str,
    /// The JSON type.
    pub kind: FieldKind,
    /// Whether a sign-up needs it.
    pub required: bool,
    /// Whether only the organization's own server may set it.
    pub set_by_server: bool,
}

/// Gives the table to another macro.
macro_rules! user_fields {
    ($action:ident) => {
        $action! {
            /// The unique ID for the user object.
            id("id"): Long, optional, server;
            /// The UIMSID that is assigned to the user.
            uims_id("uimsId"): Text, optional, server;
            /// The representation ID that is assigned to the user.
            representation_id("representationId"): Text, optional, server;
            /// The user's username.
            name("name"): Name, required, anyone;
            /// The full name of the user.
            full_name("fullName"): Name, optional, anyone;
            /// The name of the organization.
            organisation_name("organisationName"): Name, required, anyone;
            /// The unique ID of an organization.
            organisation_id("organisationId"): Long, optional, server;
            /// The unique ID of a group.
            group_id("groupId"): Text, optional, server;
            /// The name of a group.
            group_name("groupName"): Name, optional, server;
            /// The approval group ID that is assigned to the users.
            ref_approval_group_id("refApprovalGroupId"): Text, optional, server;
            /// The status of the user enrollment. One of [`ENROLLMENT_STATUSES`](super::ENROLLMENT_STATUSES).
            status("status"): Status, optional, server;
            /// The name of a workflow assigned to the user.
            workflow_name("workflowName"): Name, optional, server;
            /// The user's first name.
            first_name("firstName"): Name, optional, anyone;
            /// The user's middle name.
            middle_name("middleName"): Name, optional, anyone;
            /// The user's last name.
            last_name("lastName"): Name, optional, anyone;
            /// The user's mother's maiden name.
            mothers_name("mothersName"): Name, optional, anyone;
            /// The user's email address.
            email("email"): Email, optional, anyone;
            /// The user's contact number.
            contact_number("contactNumber"): Text, optional, anyone;
            /// The user's principal name. The documentation leaves the description open.
            user_principal_name("userPrincipalName"): Name, optional, server;
            /// The name of the country the user belongs to.
            country("country"): Text, optional, anyone;
            /// The status of the user enrollment. One of [`ENROLLMENT_STATUSES`](super::ENROLLMENT_STATUSES).
            enrollment_status("enrollmentStatus"): Status, optional, server;
            /// The status of the user. `Active` by default.
            user_status("userStatus"): Text, optional, server;
            /// Indicates if the issuance of identities is allowed.
            can_issue_identity("canIssueIdentity"): Flag, optional, server;
            /// Indicates if the user is an LDAP user.
            is_new_ldap_user("isNewLdapUser"): Flag, optional, server;
            /// Indicates if the user is a federated user.
            is_federated("isFederated"): Flag, optional, server;
            /// Indicates if the enrollment is in progress.
            is_enrollment_in_progress("isEnrollmentInProgress"): Flag, optional, server;
            /// Indicates if the enrollment request is via mobile app.
            express_mobile_enrollment("expressMobileEnrollment"): Flag, optional, server;
            /// Indicates if the user is enrolled via the express enrollment option.
            express_enrollment("expressEnrollment"): Flag, optional, server;
            /// Indicates if the user has identity verification enabled.
            idv_enrollment("idvEnrollment"): Flag, optional, server;
            /// The unique ID assigned to the user in the authentication server.
            user_kclid("userKCLID"): Text, optional, server;
            /// The name of the person who registered the user.
            created_by("createdBy"): Text, optional, server;
            /// The name of the person who last modified the user details.
            last_modified_by("lastModifiedBy"): Text, optional, server;
            /// The date the user details were last modified.
            last_modified_date("lastModifiedDate"): Instant, optional, server;
            /// The object that captures the configuration details of the workflow assigned to the user.
            workflow("workflow"): Object, optional, server;
            /// The object that captures the status of each enrollment step.
            enrollment_steps_status("enrollmentStepsStatus"): Object, optional, server;
            /// The object that captures the device profile details.
            wf_device_profiles("wfDeviceProfiles"): Object, optional, server;
            /// The object that captures PIV ID details.
            user_piv("userPIV"): Object, optional, server;
            /// The object that captures the user's appearance details. It is derived from the workflow configured and the type of the identity being issued.
            user_appearance("userAppearance"): Object, required, anyone;
            /// The object that captures the user's biographical information. It is derived from the workflow configured and the type of the identity being issued.
            user_attribute("userAttribute"): Object, required, anyone;
            /// The object that captures the user's address details. It is derived from the workflow configured and the type of the identity being issued.
            user_address("userAddress"): Object, required, anyone;
            /// The object that captures the user's biometrics data. It is derived from the workflow configured and the type of the identity being issued. An array with one object per biometric type, or an object.
            user_biometrics("userBiometrics"): ObjectOrArray, required, anyone;
            /// The object that captures the ID proofing documents submitted by the user.
            user_id_proof_documents("userIDProofDocuments"): Object, required, anyone;
            /// The object that captures the driving license ID details.
            user_driving_license("userDrivingLicense"): Object, optional, anyone;
            /// The object that captures the employee ID details.
            user_employee_id("userEmployeeID"): Object, optional, server;
            /// The object that captures the details of the identities issued to the user.
            user_personalized_id("userPersonalizedID"): Object, optional, server;
            /// The object that captures the student ID details.
            user_student_id("userStudentID"): Object, optional, anyone;
            /// The object that captures the health ID details.
            user_health_id("userHealthID"): Object, optional, anyone;
            /// The object that captures the national ID details.
            user_national_id("userNationalID"): Object, optional, anyone;
            /// The object that captures the voter ID details.
            user_voter_id("userVoterID"): Object, optional, anyone;
            /// The object that captures the permanent resident ID details.
            user_permanent_resident_id("userPermanentResidentID"): Object, optional, anyone;
            /// The object that captures the health service provider ID details.
            user_health_service("userHealthService"): Object, optional, anyone;
            /// The object that captures the mobile ID configuration details.
            wf_mobile_id_step_details("wfMobileIDStepDetails"): Object, optional, server;
            /// The object that captures the user's enrollment history.
            user_enrollment_history("userEnrollmentHistory"): Object, optional, server;
            /// The object that captures the list of the modifications done during the user's enrollment.
            user_enrollment_history_list("userEnrollmentHistoryList"): Array, required, server;
        }
    };
}

macro_rules! table {
    ($(#[doc = $doc:literal] $setter:ident($wire:literal): $kind:ident, $needed:ident, $who:ident;)+) => {
        /// Every documented field, in the documentation's order.
        pub const FIELDS: &[Field] = &[$(
            Field {
                name: $wire,
                kind: FieldKind::$kind,
                required: table!(@is $needed),
                set_by_server: table!(@is $who),
            },
        )+];

        impl Field {
            /// What the documentation says of it. Apart from the rest, so that who does not ask does not carry it.
            #[must_use]
            pub fn doc(&self) -> &'static str {
                match self.name {
                    $($wire => $doc.trim_ascii(),)+
                    _ => "",
                }
            }
        }
    };
    (@is required) => { true };
    (@is server) => { true };
    (@is optional) => { false };
    (@is anyone) => { false };
}

pub(super) use user_fields;
user_fields!(table);

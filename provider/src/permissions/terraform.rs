//! What the credentials that Terraform runs with have to be allowed. What a call asks for besides its own action is here too:
//! tags on what is made, a role that is handed to a service, the tags in what Lambda tells of a function.

use super::{Policy, apply, options, plan};

const INTRODUCTION: &str = "## What Terraform needs

The policies below allow all that Terraform does, and nothing that it does not: this project's tests run it with exactly these,
against a stand-in of AWS that refuses everything else. `terraform plan` needs the first one; `terraform apply` and
`terraform destroy` need the first two. The others are for what not everybody uses.

Who may make a role and say what it may do, as the second policy does, can give it any right: treat these credentials as an
administrator's. They bound what Terraform does by itself, not what somebody does who has them.

They name what it makes as it is called unless you choose otherwise. In their place put

- your account for `123456789012`, and your partition for `aws` where that is another one, such as `aws-us-gov`;
- your `event_bus_name` for `log-enablement-bus`, and in `log_enablement_bus_schemas` in lower case, with `_` for whatever is
  neither a letter nor a digit;
- your `function_name` for `EventDrivenLogEnabler`;
- your `rule_name` and a `*` for `ForwardLoggingEvents-to-*`;
- your regions for the `*` between colons, if you like. IAM has no regions.

IAM cuts names of roles at 64 characters: where yours come near, let them end in `*` sooner. `sts:GetCallerIdentity`, which
tells Terraform the account, needs no permission.

";

pub(super) fn page() -> String {
    let sections: String = policies().iter().map(Policy::section).collect();
    format!("{INTRODUCTION}{sections}")
}

pub(super) fn policies() -> Vec<Policy> {
    let mut policies = vec![plan::policy(), apply::policy()];
    policies.extend(options::policies());
    policies
}

//! How every call is made: named, and repeated while AWS has not caught up with itself.

/// `send!("sqs:DeleteQueue", &name, request)`: the answer, or a [`Failure`](super::Failure) that names operation and object.
macro_rules! send {
    ($operation:literal, $object:expr, $request:expr) => {{
        let request = $request;
        $crate::aws::retry::settle(|| async {
            let answer = request.clone().send().await;
            $crate::aws::failure::Named::named(answer, $operation, $object)
        })
        .await
    }};
}

pub(super) use send;

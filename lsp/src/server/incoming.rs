//! The way of messages from standard input to the library: a thread that reads and looks at them, and a
//! service that answers those that can't be read.

use std::{
    future::{Future, ready},
    io,
    pin::Pin,
    task::{Context, Poll},
};

use tokio::{
    io::{AsyncRead, ReadBuf},
    sync::mpsc,
};
use tower_lsp_server::jsonrpc::{Error, Id, Request, Response};
use tower_service::Service;

use super::frames::{Frames, REFUSE, Refused};

/// So many messages wait for the library before no more are read.
const WAITING: usize = 64;

/// Messages from standard input that the library can read.
pub struct Incoming {
    messages: mpsc::Receiver<Vec<u8>>,
    message: Vec<u8>,
    /// So much of it was read.
    read: usize,
}

impl Incoming {
    /// Begins to read standard input.
    pub fn start() -> io::Result<Self> {
        let (sender, messages) = mpsc::channel(WAITING);
        // Nobody waits for this thread: at the end it may stand in a read that never returns.
        std::thread::Builder::new().name("input".to_owned()).spawn(move || {
            let mut frames = Frames::new(io::stdin().lock());
            while let Ok(Some(message)) = frames.next() {
                if sender.blocking_send(message).is_err() {
                    break;
                }
            }
        })?;
        Ok(Self { messages, message: Vec::new(), read: 0 })
    }
}

impl AsyncRead for Incoming {
    fn poll_read(
        self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        let this = self.get_mut();
        if this.read == this.message.len() {
            match this.messages.poll_recv(cx) {
                Poll::Ready(Some(message)) => (this.message, this.read) = (message, 0),
                Poll::Ready(None) => return Poll::Ready(Ok(())),
                Poll::Pending => return Poll::Pending,
            }
        }
        let left = &this.message[this.read..];
        let count = left.len().min(buffer.remaining());
        buffer.put_slice(&left[..count]);
        this.read += count;
        Poll::Ready(Ok(()))
    }
}

/// A service that answers what can't be read itself, whatever state the session is in.
pub struct Refusing<S>(pub S);

impl<S> Service<Request> for Refusing<S>
where
    S: Service<Request, Response = Option<Response>>,
    S::Future: Send + 'static,
    S::Error: Send + 'static,
{
    type Response = Option<Response>;
    type Error = S::Error;
    type Future = Pin<Box<dyn Future<Output = Result<Option<Response>, S::Error>> + Send>>;

    fn poll_ready(&mut self, cx: &mut Context<'_>) -> Poll<Result<(), S::Error>> {
        let polled = self.0.poll_ready(cx);
        // Until `initialize` is answered the library has nobody wake it again, and a client that doesn't
        // wait for the answer would never be heard.
        if polled.is_pending() {
            cx.waker().wake_by_ref();
        }
        polled
    }

    fn call(&mut self, request: Request) -> Self::Future {
        if request.method() != REFUSE {
            return Box::pin(self.0.call(request));
        }
        let (_, id, params) = request.into_parts();
        let refused = params.and_then(|params| serde_json::from_value::<Refused>(params).ok());
        let error = match refused {
            Some(Refused { code, message }) => {
                Error { code: code.into(), message: message.into(), data: None }
            }
            None => Error::invalid_request(),
        };
        Box::pin(ready(Ok(Some(Response::from_error(id.unwrap_or(Id::Null), error)))))
    }
}

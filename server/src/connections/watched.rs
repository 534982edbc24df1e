//! The stream of a connection: it notes what comes, and ends where what is written does not leave.

use std::future::Future;
use std::io::{Error, ErrorKind, IoSlice, Result};
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::time::Sleep;

use super::heads::Coming;

/// How long a write may stand still. Whoever reads, however slowly, moves it on; a connection on which
/// nothing is to be said waits for as long as it likes.
const STUCK_TIME_MAX: Duration = Duration::from_secs(20);

/// A stream that is watched, also once it is a WebSocket's.
pub(super) struct Watched<S> {
    stream: S,
    coming: Coming,
    /// Runs while a write stands still.
    stuck: Option<Pin<Box<Sleep>>>,
}

impl<S> Watched<S> {
    pub(super) fn new(stream: S) -> Self {
        Self {
            stream,
            coming: Coming::default(),
            stuck: None,
        }
    }

    /// What comes by this stream.
    pub(super) fn coming(&self) -> Coming {
        self.coming.clone()
    }

    /// What a write gives, or an error where it has stood still for too long.
    fn unless_stuck<T>(
        &mut self,
        context: &mut Context<'_>,
        written: Poll<Result<T>>,
    ) -> Poll<Result<T>> {
        if written.is_ready() {
            self.stuck = None;
            return written;
        }
        let begin = || Box::pin(tokio::time::sleep(STUCK_TIME_MAX));
        let stuck = self.stuck.get_or_insert_with(begin);
        let is_over = stuck.as_mut().poll(context);
        is_over.map(|()| Err(Error::from(ErrorKind::TimedOut)))
    }
}

impl<S: AsyncRead + Unpin> AsyncRead for Watched<S> {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<Result<()>> {
        let before = buffer.filled().len();
        let read = Pin::new(&mut self.stream).poll_read(context, buffer);
        let came = &buffer.filled()[before..];
        if !came.is_empty() {
            self.coming.read(came);
        }
        read
    }
}

impl<S: AsyncWrite + Unpin> AsyncWrite for Watched<S> {
    fn poll_write(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<Result<usize>> {
        let written = Pin::new(&mut self.stream).poll_write(context, bytes);
        self.unless_stuck(context, written)
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        pieces: &[IoSlice<'_>],
    ) -> Poll<Result<usize>> {
        let written = Pin::new(&mut self.stream).poll_write_vectored(context, pieces);
        self.unless_stuck(context, written)
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }

    /// A socket holds nothing back, so that this says nothing of a write that stands still.
    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Result<()>> {
        Pin::new(&mut self.stream).poll_flush(context)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(context)
    }
}

#[cfg(test)]
mod tests {
    use tokio::io::{AsyncReadExt, AsyncWriteExt, duplex};
    use tokio::time::{Instant, sleep};

    use super::*;

    /// More than there is room for on the way.
    const MUCH: [u8; 1_000] = [b'x'; 1_000];

    #[tokio::test(start_paused = true)]
    async fn a_write_that_does_not_move_ends_after_twenty_seconds() {
        let (_reader, stream) = duplex(100);
        let mut watched = Watched::new(stream);
        let begun = Instant::now();
        let error = watched.write_all(&MUCH).await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::TimedOut);
        assert_eq!(begun.elapsed().as_secs(), 20);
    }

    #[tokio::test(start_paused = true)]
    async fn a_write_that_moves_however_slowly_is_let_be() {
        let (mut reader, stream) = duplex(100);
        let mut watched = Watched::new(stream);
        let slow = async {
            let mut left = MUCH.len();
            while left > 0 {
                sleep(STUCK_TIME_MAX - Duration::from_secs(1)).await;
                left -= reader.read(&mut [0; 100]).await.unwrap();
            }
        };
        let (written, ()) = tokio::join!(watched.write_all(&MUCH), slow);
        written.unwrap();
    }

    #[tokio::test(start_paused = true)]
    async fn a_stream_on_which_nothing_is_said_is_let_be() {
        let (mut reader, stream) = duplex(100);
        let mut watched = Watched::new(stream);
        sleep(100 * STUCK_TIME_MAX).await;
        watched.write_all(b"news").await.unwrap();
        let mut heard = [0; 4];
        reader.read_exact(&mut heard).await.unwrap();
        assert_eq!(&heard, b"news");
    }
}

//! Lists in pages: a call for each page, and its items as one stream.

use std::collections::HashSet;
use std::fmt;
use std::future::poll_fn;
use std::hash::{BuildHasher as _, RandomState};
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::vec;

use bytes::Bytes;
use futures_core::Stream;
use http::Response;

use super::{Call, CallResult, Sending};
use crate::failure::Error;
use crate::operation::{NextToken, Operation, PageToken, PagedOperation, ReadSuccess};
use crate::reply::{DecodeError, RawReply, Reply, Undecodable};

/// The body of a page.
type Body<O> = <<O as Operation>::Success as ReadSuccess>::Body;

/// Returns the operation of the next page, if there is one.
type Next<O> = Box<dyn FnMut(&Reply<Body<O>>, &O) -> Result<Option<O>, DecodeError> + Send>;

impl<O: Operation + Clone> Call<O> {
    /// Sends the operation once for each page of a list whose document does not say how to get the next one,
    /// with the options of this call; where it does, there is [`pages`](Self::pages).
    ///
    /// `token` returns what names the page after a page, and `advance` sets it in the operation, for example a
    /// setter. The list ends with a page that has no token, an empty one, or one that an earlier page had.
    /// Nothing is asked for before the page is.
    ///
    /// ```
    /// # use tamarack_runtime::{Call, ClientCore, Error, Json, Operation, OperationInfo, RequestBuilder, Status};
    /// # use tamarack_runtime::{declared_errors, http::Method};
    /// # #[derive(Clone)]
    /// # struct ListPets { page_token: Option<String> }
    /// # impl ListPets { fn page_token(self, it: impl Into<String>) -> Self { Self { page_token: Some(it.into()) } } }
    /// # #[derive(serde::Deserialize)]
    /// # struct Pets { pets: Vec<String>, next: Option<String> }
    /// # impl Operation for ListPets {
    /// #     type Success = Json<Pets>;
    /// #     type Error = ListPetsError;
    /// #     const INFO: OperationInfo = OperationInfo {
    /// #         id: "listPets", method: Method::GET, path: "/pets", success: &[Status::Exact(200)],
    /// #         accept: "application/json", headers: &[], security: &[],
    /// #     };
    /// #     fn request(&self, request: &mut RequestBuilder) { request.query("pageToken", &self.page_token); }
    /// # }
    /// # declared_errors! { pub enum ListPetsError for "listPets" {} }
    /// # async fn example(core: &ClientCore, list_pets: ListPets) -> Result<(), Error<ListPetsError>> {
    /// let pages = Call::new(core, list_pets).pages_by(|page| page.body().next.clone(), ListPets::page_token);
    /// let mut pets = pages.items_by(|page| page.pets);
    /// while let Some(pet) = pets.next().await {
    ///     println!("{}", pet?);
    /// }
    /// # Ok(())
    /// # }
    /// ```
    pub fn pages_by<T: PageToken>(
        self,
        mut token: impl FnMut(&Reply<Body<O>>) -> Option<T> + Send + 'static,
        advance: impl FnMut(O, T) -> O + Send + 'static,
    ) -> Pages<O> {
        Pages::new(self, move |_, page| Ok(token(page)), advance)
    }

    /// Returns a call of another operation with the options of this one.
    fn with_operation(&self, operation: O) -> Self {
        Self {
            core: self.core.clone(),
            operation,
            headers: self.headers.clone(),
            accept: self.accept,
            max_retries: self.max_retries,
            key: std::sync::OnceLock::new(),
            error: self.error.clone(),
        }
    }
}

impl<O: PagedOperation> Call<O> {
    /// Sends the operation once for each page of the list, with the options of this call.
    ///
    /// The list ends with a page that does not name the next one, names none, or names an earlier one; where
    /// pages or items are counted, with an empty page. Nothing is asked for before the page is.
    pub fn pages(self) -> Pages<O> {
        Pages::new(self, O::next_token, O::with_token)
    }

    /// Returns the items of all [`pages`](Self::pages) as one stream, which is an iterator without async, too.
    pub fn items(self) -> Items<O, O::Item> {
        self.pages().items()
    }
}

/// The pages of a list, each fetched when it is asked for; [`Call::pages`] makes it. An error ends it.
#[must_use = "nothing is sent until a page is asked for"]
pub struct Pages<O: Operation> {
    /// The call of the page that is sent or comes next.
    call: Call<O>,
    next: Next<O>,
    state: State<O>,
}

enum State<O: Operation> {
    Next,
    Sending(Box<Sending<O>>),
    /// The last page does not say which one is next in a way that can be asked for.
    Failed(Box<Undecodable>),
    Done,
}

/// Nothing in it is pinned in place.
impl<O: Operation> Unpin for Pages<O> {}

impl<O: PagedOperation> Pages<O> {
    /// Returns the items of all pages as one stream.
    pub fn items(self) -> Items<O, O::Item> {
        self.items_by(O::items)
    }
}

impl<O: Operation + Clone> Pages<O> {
    fn new<T: PageToken>(
        call: Call<O>,
        mut token: impl FnMut(&O, &Reply<Body<O>>) -> NextToken<T> + Send + 'static,
        mut advance: impl FnMut(O, T) -> O + Send + 'static,
    ) -> Self {
        let (mut seen, state) = (HashSet::new(), RandomState::new());
        let next = move |page: &Reply<Body<O>>, operation: &O| {
            let token = token(operation, page)?.filter(|token| !token.is_empty());
            // A hash of each token is enough to end a list that goes in circles.
            let token = token.filter(|token| seen.insert(state.hash_one(token)));
            Ok(token.map(|token| advance(operation.clone(), token)))
        };
        Self { call, next: Box::new(next), state: State::Next }
    }

    /// Returns the items of all pages as one stream; the closure takes them out of the body of a page.
    pub fn items_by<I, L: IntoIterator<Item = I>>(
        self,
        mut items: impl FnMut(Body<O>) -> L + Send + 'static,
    ) -> Items<O, I> {
        let items = Box::new(move |body| items(body).into_iter().collect());
        Items { pages: self, split: items, left: Vec::new().into_iter() }
    }

    /// Returns the next page; none after the last one, and after an error.
    pub async fn next(&mut self) -> Option<CallResult<O>> {
        poll_fn(|context| Pin::new(&mut *self).poll_next(context)).await
    }

    /// Returns the operation of the page that was asked for last, or after that page, of the next one. After
    /// an error, its pages go on where the list was broken off.
    pub fn operation(&self) -> &O {
        &self.call.operation
    }
}

impl<O: Operation + Clone> Stream for Pages<O> {
    type Item = CallResult<O>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let this = &mut *self;
        loop {
            match &mut this.state {
                State::Next => {
                    let call = this.call.with_operation(this.call.operation.clone());
                    this.state = State::Sending(Box::new(call.into_future()));
                }
                State::Sending(sending) => {
                    let page = ready!(Pin::new(sending).poll(context));
                    this.state = State::Done;
                    if let Ok(page) = &page {
                        match (this.next)(page, &this.call.operation) {
                            Ok(Some(operation)) => {
                                this.call.operation = operation;
                                this.state = State::Next;
                            }
                            Ok(None) => {}
                            Err(error) => this.state = State::Failed(Box::new(failed(page, error))),
                        }
                    }
                    return Poll::Ready(Some(page));
                }
                State::Failed(error) => {
                    let error = Error::Undecodable((**error).clone());
                    this.state = State::Done;
                    return Poll::Ready(Some(Err(error)));
                }
                State::Done => return Poll::Ready(None),
            }
        }
    }
}

/// Makes the error of a page whose successor cannot be asked for. The page itself was given to the caller.
fn failed<B>(page: &Reply<B>, error: DecodeError) -> Undecodable {
    let mut head = Response::new(Bytes::new());
    *head.status_mut() = page.status();
    head.headers_mut().clone_from(page.headers());
    Undecodable::new(RawReply::new(head), error)
}

/// The items of a list in pages; [`Call::items`] makes it. An error ends it.
#[must_use = "nothing is sent until an item is asked for"]
pub struct Items<O: Operation, I> {
    pages: Pages<O>,
    /// Takes the items out of a page.
    split: Box<dyn FnMut(Body<O>) -> Vec<I> + Send>,
    left: vec::IntoIter<I>,
}

/// Nothing in it is pinned in place.
impl<O: Operation, I> Unpin for Items<O, I> {}

type ItemResult<O, I> = Result<I, Error<<O as Operation>::Error>>;

impl<O: Operation + Clone, I> Items<O, I> {
    /// Returns the next item; none after the last one, and after an error.
    pub async fn next(&mut self) -> Option<ItemResult<O, I>> {
        poll_fn(|context| Pin::new(&mut *self).poll_next(context)).await
    }
}

impl<O: Operation + Clone, I> Stream for Items<O, I> {
    type Item = ItemResult<O, I>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let this = &mut *self;
        loop {
            if let Some(item) = this.left.next() {
                return Poll::Ready(Some(Ok(item)));
            }
            match ready!(Pin::new(&mut this.pages).poll_next(context)) {
                Some(Ok(page)) => this.left = (this.split)(page.into_body()).into_iter(),
                Some(Err(error)) => return Poll::Ready(Some(Err(error))),
                None => return Poll::Ready(None),
            }
        }
    }
}

impl<O: Operation> fmt::Debug for Pages<O> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Pages").field("operation", &O::INFO.id).finish_non_exhaustive()
    }
}

impl<O: Operation, I> fmt::Debug for Items<O, I> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Items").field("operation", &O::INFO.id).finish_non_exhaustive()
    }
}

/// Iterates over the pages, blocking the thread.
#[cfg(feature = "blocking")]
impl<O: Operation + Clone> IntoIterator for Pages<O> {
    type Item = CallResult<O>;
    type IntoIter = crate::blocking::Iter<Self>;

    fn into_iter(self) -> Self::IntoIter {
        crate::blocking::Iter::new(self)
    }
}

/// Iterates over the items, blocking the thread.
#[cfg(feature = "blocking")]
impl<O: Operation + Clone, I> IntoIterator for Items<O, I> {
    type Item = ItemResult<O, I>;
    type IntoIter = crate::blocking::Iter<Self>;

    fn into_iter(self) -> Self::IntoIter {
        crate::blocking::Iter::new(self)
    }
}

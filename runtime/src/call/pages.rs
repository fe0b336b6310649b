//! Lists in pages: a call for each page, and its items as one stream.

use std::collections::HashSet;
use std::fmt;
use std::future::poll_fn;
use std::hash::{BuildHasher as _, Hash, RandomState};
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::vec;

use futures_core::Stream;

use super::{Call, CallResult, Sending};
use crate::operation::{Operation, ReadSuccess};
use crate::reply::Reply;

/// The body of a page.
type Body<O> = <<O as Operation>::Success as ReadSuccess>::Body;

/// Returns the operation of the next page, if there is one.
type Next<O> = Box<dyn FnMut(&Reply<Body<O>>, &O) -> Option<O> + Send>;

/// What names the next page of a list: a cursor, or a number.
pub trait PageToken: Hash {
    /// Returns whether this names no page, as some APIs do on the last one.
    fn is_empty(&self) -> bool;
}

impl PageToken for String {
    fn is_empty(&self) -> bool {
        self.as_str().is_empty()
    }
}

macro_rules! numbers {
    ($($ty:ty),*) => {$(
        impl PageToken for $ty {
            fn is_empty(&self) -> bool {
                false
            }
        }
    )*};
}

numbers!(i32, i64, u32, u64);

impl<O: Operation + Clone> Call<O> {
    /// Sends the operation once for each page of a list, with the options of this call.
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
    /// let pages = Call::new(core, list_pets).pages(|page| page.body().next.clone(), ListPets::page_token);
    /// let mut pets = pages.items(|page| page.pets);
    /// while let Some(pet) = pets.next().await {
    ///     println!("{}", pet?);
    /// }
    /// # Ok(())
    /// # }
    /// ```
    pub fn pages<T: PageToken>(
        self,
        mut token: impl FnMut(&Reply<Body<O>>) -> Option<T> + Send + 'static,
        mut advance: impl FnMut(O, T) -> O + Send + 'static,
    ) -> Pages<O> {
        let (mut seen, state) = (HashSet::new(), RandomState::new());
        let next = move |page: &Reply<Body<O>>, operation: &O| {
            let token = token(page).filter(|token| !token.is_empty())?;
            // A hash of each token is enough to end a list that goes in circles.
            seen.insert(state.hash_one(&token)).then(|| advance(operation.clone(), token))
        };
        Pages { call: self, next: Box::new(next), state: State::Next }
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

/// The pages of a list, each fetched when it is asked for; [`Call::pages`] makes it. An error ends it.
#[must_use = "nothing is sent until a page is asked for"]
pub struct Pages<O: Operation> {
    /// The call of the page that is sent or comes next.
    call: Call<O>,
    next: Next<O>,
    state: State<O>,
}

enum State<O> {
    Next,
    Sending(Box<Sending<O>>),
    Done,
}

/// Nothing in it is pinned in place.
impl<O: Operation> Unpin for Pages<O> {}

impl<O: Operation + Clone> Pages<O> {
    /// Returns the items of all pages as one stream; the closure takes them out of the body of a page.
    pub fn items<I, L: IntoIterator<Item = I>>(
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
                    if let Ok(page) = &page
                        && let Some(operation) = (this.next)(page, &this.call.operation)
                    {
                        this.call.operation = operation;
                        this.state = State::Next;
                    }
                    return Poll::Ready(Some(page));
                }
                State::Done => return Poll::Ready(None),
            }
        }
    }
}

/// The items of a list in pages; [`Pages::items`] makes it. An error ends it.
#[must_use = "nothing is sent until an item is asked for"]
pub struct Items<O: Operation, I> {
    pages: Pages<O>,
    /// Takes the items out of a page.
    split: Box<dyn FnMut(Body<O>) -> Vec<I> + Send>,
    left: vec::IntoIter<I>,
}

/// Nothing in it is pinned in place.
impl<O: Operation, I> Unpin for Items<O, I> {}

type ItemResult<O, I> = Result<I, crate::Error<<O as Operation>::Error>>;

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

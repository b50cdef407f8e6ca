//! Types with every attribute that says what serde writes, in many combinations.

use bytes::Bytes;
use chrono::{DateTime, NaiveDate, NaiveDateTime, NaiveTime, Utc};
use indexmap::{IndexMap, IndexSet};
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};
use std::borrow::Cow;
use std::cell::{Cell, RefCell};
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet, LinkedList, VecDeque};
use std::marker::PhantomData;
use std::net::{IpAddr, SocketAddr};
use std::num::NonZeroU32;
use std::path::PathBuf;
use std::rc::Rc;
use std::sync::{Arc, Mutex};
use std::time::{Duration, SystemTime};
use uuid::Uuid;

// names
#[derive(Serialize, Deserialize, Default, Clone)]
pub struct Plain {
    pub user_id: u32,
    pub user_id2: u32,
    pub _leading: u32,
    pub trailing_: u32,
    pub double__under: u32,
    pub r#type: u32,
    pub r#match: u32,
    pub x: u32,
    pub http2_url: String,
    pub a_1: u8,
    pub x1y2_z3: u8,
}
#[derive(Serialize, Deserialize, Default)]
#[serde(rename_all = "lowercase")]
pub struct NLower {
    pub user_id: u32,
    pub user_id2: u32,
    pub _leading: u32,
    pub trailing_: u32,
    pub double__under: u32,
    pub r#type: u32,
    pub x: u32,
    pub a_1: u8,
}
#[derive(Serialize, Deserialize, Default)]
#[serde(rename_all = "UPPERCASE")]
pub struct NUpper {
    pub user_id: u32,
    pub user_id2: u32,
    pub _leading: u32,
    pub trailing_: u32,
    pub double__under: u32,
    pub r#type: u32,
    pub x: u32,
    pub a_1: u8,
}
#[derive(Serialize, Deserialize, Default)]
#[serde(rename_all = "PascalCase")]
pub struct NPascal {
    pub user_id: u32,
    pub user_id2: u32,
    pub _leading: u32,
    pub trailing_: u32,
    pub double__under: u32,
    pub r#type: u32,
    pub x: u32,
    pub a_1: u8,
}
#[derive(Serialize, Deserialize, Default)]
#[serde(rename_all = "camelCase")]
pub struct NCamel {
    pub user_id: u32,
    pub user_id2: u32,
    pub _leading: u32,
    pub trailing_: u32,
    pub double__under: u32,
    pub r#type: u32,
    pub x: u32,
    pub a_1: u8,
}
#[derive(Serialize, Deserialize, Default)]
#[serde(rename_all = "snake_case")]
pub struct NSnake {
    pub user_id: u32,
    pub user_id2: u32,
    pub _leading: u32,
    pub trailing_: u32,
    pub double__under: u32,
    pub r#type: u32,
    pub x: u32,
    pub a_1: u8,
}
#[derive(Serialize, Deserialize, Default)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub struct NScream {
    pub user_id: u32,
    pub user_id2: u32,
    pub _leading: u32,
    pub trailing_: u32,
    pub double__under: u32,
    pub r#type: u32,
    pub x: u32,
    pub a_1: u8,
}
#[derive(Serialize, Deserialize, Default)]
#[serde(rename_all = "kebab-case")]
pub struct NKebab {
    pub user_id: u32,
    pub user_id2: u32,
    pub _leading: u32,
    pub trailing_: u32,
    pub double__under: u32,
    pub r#type: u32,
    pub x: u32,
    pub a_1: u8,
}
#[derive(Serialize, Deserialize, Default)]
#[serde(rename_all = "SCREAMING-KEBAB-CASE")]
pub struct NScreamKebab {
    pub user_id: u32,
    pub user_id2: u32,
    pub _leading: u32,
    pub trailing_: u32,
    pub double__under: u32,
    pub r#type: u32,
    pub x: u32,
    pub a_1: u8,
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum VLower {
    HTTPServer,
    UserId2,
    InProgress,
    A,
    V2Beta,
    Foo_Bar,
}
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "UPPERCASE")]
pub enum VUpper {
    HTTPServer,
    UserId2,
    InProgress,
    A,
    V2Beta,
    Foo_Bar,
}
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub enum VPascal {
    HTTPServer,
    UserId2,
    InProgress,
    A,
    V2Beta,
    Foo_Bar,
    snake_name,
}
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum VCamel {
    HTTPServer,
    UserId2,
    InProgress,
    A,
    V2Beta,
    Foo_Bar,
    snake_name,
}
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum VSnake {
    HTTPServer,
    UserId2,
    InProgress,
    A,
    V2Beta,
    Foo_Bar,
    snake_name,
    r#type,
    Self_,
}
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum VScream {
    HTTPServer,
    UserId2,
    InProgress,
    A,
    V2Beta,
    Foo_Bar,
    snake_name,
}
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum VKebab {
    HTTPServer,
    UserId2,
    InProgress,
    A,
    V2Beta,
    Foo_Bar,
    snake_name,
}
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING-KEBAB-CASE")]
pub enum VScreamKebab {
    HTTPServer,
    UserId2,
    InProgress,
    A,
    V2Beta,
    Foo_Bar,
    snake_name,
}
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Unicode {
    Über,
    StraßeÖl,
}
#[derive(Serialize, Deserialize, Default)]
#[serde(rename_all = "camelCase")]
pub struct UnicodeFields {
    pub größe_maß: u8,
    pub a_ünder_ö: u8,
    pub a_名前: u8,
}

// enums
#[derive(Serialize, Deserialize)]
pub struct Unit;
#[derive(Serialize, Deserialize, Clone, Default)]
pub struct Inner {
    pub inner_name: String,
    pub opt_num: Option<i32>,
}
#[derive(Serialize, Deserialize)]
pub struct Other {
    pub other_key: bool,
}
#[derive(Serialize, Deserialize)]
pub struct Newtype(pub Inner);
#[derive(Serialize, Deserialize, PartialEq, Eq, Hash, PartialOrd, Ord, Clone)]
pub struct Id(pub String);
#[derive(Serialize, Deserialize, PartialEq, Eq, Hash, PartialOrd, Ord, Clone)]
pub struct Num(pub u32);
#[derive(Serialize, Deserialize)]
pub struct Pair(pub Inner, pub i32);
#[derive(Serialize, Deserialize)]
pub struct EmptyTuple();
#[derive(Serialize, Deserialize)]
pub struct EmptyBraces {}

#[derive(Serialize, Deserialize)]
pub enum External {
    Unit,
    Newtype(Inner),
    Tuple(Inner, i32),
    Struct { first_field: u8, other_field: Option<Inner> },
    EmptyTuple(),
    EmptyBraces {},
    UnitIn(()),
    UnitStruct(Unit),
    Opt(Option<Inner>),
    List(Vec<Inner>),
    Boxed(Box<External>),
    Single((Inner,)),
}
#[derive(Serialize, Deserialize)]
#[serde(tag = "event_type", rename_all = "snake_case", rename_all_fields = "camelCase")]
pub enum Internal {
    UnitOnly,
    NewtypeOne(Inner),
    WithFields { first_field: u8, other_field: Option<Inner> },
    EmptyBraces {},
    Nested(Box<Internal2>),
    OfBraces(EmptyBraces),
}
#[derive(Serialize, Deserialize)]
#[serde(tag = "inner_kind")]
pub enum Internal2 {
    Aa { some_thing: u8 },
    Bb,
}
#[derive(Serialize, Deserialize)]
#[serde(tag = "kind_of", content = "the_content", rename_all = "kebab-case")]
pub enum Adjacent {
    Unit,
    NewtypeOne(Inner),
    Tuple(Inner, i32),
    WithFields { first_field: u8, other_field: Option<Inner> },
    EmptyTuple(),
    EmptyBraces {},
    UnitIn(()),
    UnitStruct(Unit),
    Opt(Option<Inner>),
    List(Vec<Inner>),
}
#[derive(Serialize, Deserialize)]
#[serde(untagged)]
pub enum Untagged {
    Num(i64),
    Text(String),
    Inner(Inner),
    Fields { first_field: u8, second_field: String },
    List(Vec<Inner>),
    Null,
}
#[derive(Serialize, Deserialize)]
#[serde(untagged)]
pub enum Untagged2 {
    Pair(i32, String),
    Flag(bool),
    Unit(()),
}
#[derive(Serialize, Deserialize, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum ExtPlain {
    One,
    Two,
}
#[derive(Serialize, Deserialize)]
pub enum ExtMixed {
    One,
    Two(Inner),
    Three { a_b: u8 },
}
#[derive(Serialize, Deserialize)]
pub enum SkipVariants {
    Keep,
    #[serde(skip)]
    #[allow(dead_code)]
    Gone(PhantomData<u8>),
    #[serde(rename = "re-named")]
    Renamed,
    #[serde(rename_all = "camelCase")]
    F {
        first_name: u8,
        #[serde(skip)]
        hidden: u8,
        #[serde(rename = "X_Y")]
        z: u8,
    },
    #[serde(alias = "q")]
    Aliased,
    #[serde(other)]
    Unknown,
}
#[derive(Serialize, Deserialize)]
pub enum SkipInTuple {
    A(#[serde(skip)] u8),
    B(#[serde(skip)] u8, u8),
    C(u8, #[serde(skip)] u8, u8),
    D(#[serde(skip)] u8, #[serde(skip)] u8),
}
#[derive(Serialize, Deserialize)]
#[serde(tag = "t")]
pub enum SkipInTupleInt {
    A(#[serde(skip)] u8),
    B { b_c: u8 },
}
#[derive(Serialize, Deserialize)]
#[serde(untagged)]
pub enum SkipInTupleUnt {
    A(#[serde(skip)] u8),
    B { b_c: u8 },
}
#[derive(Serialize, Deserialize)]
pub struct SkipTuple(#[serde(skip)] pub u8, pub u8);
#[derive(Serialize, Deserialize)]
pub struct SkipTuple3(pub u8, #[serde(default)] pub String, #[serde(default)] pub Option<u8>);
#[derive(Serialize, Deserialize)]
#[serde(tag = "type", content = "value")]
pub enum SoloAdj {
    OnlyOne { a_b: u8 },
}
#[derive(Serialize, Deserialize)]
pub enum Solo {
    OnlyOne(Inner),
}
#[derive(Serialize, Deserialize)]
#[serde(tag = "type")]
pub enum SoloInt {
    OnlyOne { a_b: u8 },
}

// structs
#[derive(Serialize, Deserialize)]
#[serde(tag = "struct_tag", rename = "Tagged-One")]
pub struct TaggedStruct {
    pub some_value: u8,
}
#[derive(Serialize, Deserialize)]
#[serde(transparent)]
pub struct Transparent {
    pub inner_value: Inner,
    #[serde(skip)]
    pub marker: PhantomData<u8>,
}
#[derive(Serialize, Deserialize)]
#[serde(transparent)]
pub struct TransparentOpt(pub Option<i32>);
#[derive(Serialize, Deserialize)]
pub struct NewtypeOpt(pub Option<i32>);
#[derive(Serialize, Deserialize)]
pub struct Opts {
    pub a_opt: Option<i32>,
    pub opt_opt: Option<Option<i32>>,
    pub boxed_opt: Box<Option<i32>>,
    pub opt_unit: Option<()>,
    pub unit: (),
    pub t_opt: TransparentOpt,
    pub n_opt: NewtypeOpt,
    #[serde(default)]
    pub def: i32,
    #[serde(default = "five")]
    pub def5: i32,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub skip_opt: Option<String>,
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub skip_list: Vec<u8>,
    pub arc_opt: Arc<Option<u8>>,
    pub alias_opt: Maybe<u8>,
    pub unit_struct: Unit,
    pub phantom: PhantomData<u8>,
}
pub type Maybe<T> = Option<T>;
fn five() -> i32 {
    5
}
#[derive(Serialize, Deserialize, Default)]
#[serde(default)]
pub struct Defaults {
    pub one_field: u8,
    pub two_field: String,
    pub in_ner: Inner,
}
#[derive(Serialize, Deserialize, Default)]
pub struct Skips {
    pub kept_field: u8,
    #[serde(skip)]
    pub gone: u8,
}
#[derive(Serialize, Deserialize)]
pub struct FlatStruct {
    pub before_it: u8,
    #[serde(flatten)]
    pub in_ner: Inner,
    #[serde(flatten)]
    pub ot_her: Other,
    pub after_it: u8,
}
#[derive(Serialize, Deserialize)]
pub struct FlatMap {
    pub known_one: u8,
    #[serde(flatten)]
    pub rest: BTreeMap<String, serde_json::Value>,
}
#[derive(Serialize, Deserialize)]
pub struct FlatMapNum {
    pub known_one: u8,
    pub na_me: String,
    #[serde(flatten)]
    pub rest: HashMap<String, i32>,
}
#[derive(Serialize, Deserialize)]
pub struct FlatOpt {
    pub known_one: u8,
    #[serde(flatten)]
    pub may_be: Option<Inner2>,
}
#[derive(Serialize, Deserialize)]
pub struct Inner2 {
    pub must_a: u8,
    pub must_b: u8,
}
#[derive(Serialize, Deserialize)]
pub struct FlatInternal {
    pub known_one: u8,
    #[serde(flatten)]
    pub what_it: Internal2,
}
#[derive(Serialize, Deserialize)]
pub struct FlatAdjacent {
    pub known_one: u8,
    #[serde(flatten)]
    pub what_it: SmallAdj,
}
#[derive(Serialize, Deserialize)]
#[serde(tag = "adj_tag", content = "adj_content")]
pub enum SmallAdj {
    Uu,
    Nn(Inner),
    Ff { a_b: u8 },
}
#[derive(Serialize, Deserialize)]
pub struct FlatUntagged {
    pub known_one: u8,
    #[serde(flatten)]
    pub what_it: SmallUntagged,
}
#[derive(Serialize, Deserialize)]
#[serde(untagged)]
pub enum SmallUntagged {
    A { a_one: u8 },
    B { b_two: u8 },
}
#[derive(Serialize, Deserialize)]
pub struct FlatUnit {
    pub known_one: u8,
    #[serde(flatten)]
    pub un_it: (),
}
#[derive(Serialize, Deserialize)]
pub struct FlatValue {
    pub known_one: u8,
    #[serde(flatten)]
    pub va: serde_json::Value,
}
#[derive(Serialize, Deserialize)]
pub struct FlatNewtype {
    pub known_one: u8,
    #[serde(flatten)]
    pub in_ner: Newtype,
}
#[derive(Serialize, Deserialize)]
pub struct FlatBoxed {
    pub known_one: u8,
    #[serde(flatten)]
    pub in_ner: Box<Inner>,
}
#[derive(Serialize, Deserialize)]
pub struct FlatNested {
    pub out_er: u8,
    #[serde(flatten)]
    pub mid: FlatStruct,
}
#[derive(Serialize, Deserialize)]
pub struct FlatTwoOpt {
    pub known_one: u8,
    #[serde(flatten)]
    pub a: Option<Inner2>,
    #[serde(flatten)]
    pub b: Option<Other>,
}
#[derive(Serialize, Deserialize)]
pub struct FlatDefault {
    pub known_one: u8,
    #[serde(flatten, default)]
    pub a: Inner,
}
#[derive(Serialize, Deserialize)]
#[serde(tag = "t")]
pub enum InternalFlat {
    A {
        own_one: u8,
        #[serde(flatten)]
        in_ner: Inner,
    },
    B(FlatMap),
}

// generics
#[derive(Serialize, Deserialize)]
pub struct Wrap<T> {
    pub in_it: T,
    pub list_of: Vec<T>,
    pub may_be: Option<T>,
}
#[derive(Serialize, Deserialize)]
pub struct Two<A, B = Inner> {
    pub a_one: A,
    pub b_two: B,
}
#[derive(Serialize, Deserialize)]
pub struct Arr<const N: usize> {
    pub num_n: u8,
}
#[derive(Serialize, Deserialize)]
pub enum Either<L, R> {
    Left(L),
    Right(R),
    Both { left_one: L, right_one: R },
}
#[derive(Serialize, Deserialize)]
pub struct Key<T> {
    pub id_of: u32,
    #[serde(skip)]
    pub marker: PhantomData<T>,
}
#[derive(Serialize, Deserialize)]
pub struct Tree {
    pub no_de: String,
    pub chil_dren: Vec<Tree>,
    pub par_ent: Option<Box<Tree>>,
}
#[derive(Serialize)]
pub struct Borrowed<'a> {
    pub na_me: &'a str,
    pub co_w: Cow<'a, str>,
    pub sl_ice: &'a [u8],
    pub cow_list: Cow<'a, [Inner]>,
}
pub type Alias = Wrap<Inner>;
pub type AliasG<T> = Vec<Option<Wrap<T>>>;

// std
#[derive(Serialize, Deserialize)]
pub struct Std {
    pub ch_ar: char,
    pub u_128: u128,
    pub i_128: i128,
    pub i_64: i64,
    pub f_32: f32,
    pub f_64: f64,
    pub non_zero: NonZeroU32,
    pub dur_ation: Duration,
    pub sys_time: SystemTime,
    pub pa_th: PathBuf,
    pub ip_addr: IpAddr,
    pub sock: SocketAddr,
    pub cell_a: Cell<u8>,
    pub ref_cell: RefCell<Inner>,
    pub mu_tex: Mutex<Inner>,
    pub rc_it: Rc<Inner>,
    pub arc_str: Arc<str>,
    pub box_str: Box<str>,
    pub arc_list: Arc<[Inner]>,
    pub res_ult: Result<Inner, String>,
    pub res_err: Result<Inner, String>,
    pub wrap: std::num::Wrapping<u8>,
    pub rev: std::cmp::Reverse<u8>,
}
#[derive(Serialize, Deserialize)]
pub struct Lists {
    pub vec_a: Vec<Inner>,
    pub deque_a: VecDeque<u8>,
    pub hash_set: HashSet<u8>,
    pub b_set: BTreeSet<String>,
    pub linked: LinkedList<u8>,
    pub index_set: IndexSet<String>,
    pub arr_3: [u8; 3],
    pub arr_20: [u8; 20],
    pub arr_0: [u8; 0],
    pub tup: (u8, String, Inner),
    pub one: (u8,),
    pub nested: Vec<Vec<Option<Inner>>>,
    pub vec_u8: Vec<u8>,
    pub by_tes: Bytes,
    pub arr_inner: [Inner; 2],
    pub opt_vec: Option<Vec<Option<u8>>>,
    pub tup_list: Vec<(String, Inner)>,
}
#[derive(Serialize, Deserialize)]
pub struct Maps {
    pub by_name: HashMap<String, Inner>,
    pub by_num: BTreeMap<u32, Inner>,
    pub by_neg: BTreeMap<i64, u8>,
    pub by_bool: BTreeMap<bool, Inner>,
    pub by_enum: BTreeMap<ExtPlain, Inner>,
    pub by_id: BTreeMap<Id, u8>,
    pub by_numtype: BTreeMap<Num, u8>,
    pub by_char: BTreeMap<char, u8>,
    pub by_uuid: HashMap<Uuid, u8>,
    pub by_date: BTreeMap<NaiveDate, u8>,
    pub index_map: IndexMap<String, Vec<Inner>>,
    pub deep: BTreeMap<String, BTreeMap<String, Option<Inner>>>,
    pub by_renamed: BTreeMap<KeyEnum, u8>,
    pub by_box: BTreeMap<Box<str>, u8>,
    pub by_path: BTreeMap<PathBuf, u8>,
}
#[derive(Serialize, Deserialize, PartialEq, Eq, Hash, PartialOrd, Ord, Clone)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum KeyEnum {
    FirstKey,
    SecondKey,
}
#[derive(Serialize, Deserialize)]
pub struct Times {
    pub date_time: DateTime<Utc>,
    pub date_only: NaiveDate,
    pub time_only: NaiveTime,
    pub naive_dt: NaiveDateTime,
    pub uu_id: Uuid,
    pub deci_mal: Decimal,
    #[serde(with = "chrono::serde::ts_seconds")]
    pub ts_secs: DateTime<Utc>,
    #[serde(with = "chrono::serde::ts_milliseconds_option")]
    pub ts_opt: Option<DateTime<Utc>>,
    #[serde(with = "rust_decimal::serde::str")]
    pub dec_str: Decimal,
    pub js_on: serde_json::Value,
    pub js_map: serde_json::Map<String, serde_json::Value>,
}

#[derive(Serialize, Deserialize)]
#[serde(from = "u8", into = "u8")]
#[derive(Clone)]
pub struct FromInto {
    pub whatever: u8,
}
impl From<u8> for FromInto {
    fn from(whatever: u8) -> Self {
        Self { whatever }
    }
}
impl From<FromInto> for u8 {
    fn from(x: FromInto) -> u8 {
        x.whatever
    }
}

#[derive(Serialize, Deserialize)]
pub struct Weird {
    #[serde(rename = "$ref")]
    pub a: u8,
    #[serde(rename = "a.b")]
    pub b: u8,
    #[serde(rename = "with space")]
    pub c: u8,
    #[serde(rename = "constructor")]
    pub e: u8,
    #[serde(rename = "it's")]
    pub f: u8,
    #[serde(rename = "1st")]
    pub g: u8,
    #[serde(rename = "")]
    pub h: u8,
    #[serde(rename = "quote\"d")]
    pub i: u8,
    #[serde(rename = "back\\slash")]
    pub j: u8,
    #[serde(rename = "snake_case_id")]
    pub k: u8,
    #[serde(rename = "toString")]
    pub l: u8,
    #[serde(rename = r#"r"aw"#)]
    pub m: u8,
    #[serde(rename = "\u{e9}t\u{e9}_x")]
    pub n: u8,
}
#[derive(Serialize, Deserialize)]
pub struct Reserved {
    pub class: u8,
    pub default: u8,
    pub function: u8,
    pub delete: u8,
    pub new: u8,
    pub value: u8,
    pub rest: u8,
    pub args: u8,
    pub client: u8,
    pub export_it: u8,
    pub hasOwnProperty: u8,
    #[serde(flatten)]
    pub m: Internal2,
}
#[derive(Serialize, Deserialize)]
#[serde(tag = "t")]
pub enum Messages {
    #[serde(rename = "constructor")]
    C { a_b: u8 },
    #[serde(rename = "__proto__")]
    P { a_b: u8 },
    #[serde(rename = "it's")]
    Q(Inner),
}
#[derive(Serialize, Deserialize)]
pub enum MessagesExt {
    #[serde(rename = "it's")]
    Q(Inner),
    #[serde(rename = "snake_kind")]
    S(Inner),
    T {
        a_b: u8,
    },
}
#[derive(Serialize, Deserialize)]
#[serde(untagged)]
pub enum UntaggedOfEnums {
    A(Internal2),
    B(SmallAdj),
    T(String),
}
#[derive(Serialize, Deserialize)]
#[serde(untagged)]
pub enum UntaggedVec {
    One(Inner),
    Many(Vec<Inner>),
}
#[derive(Serialize, Deserialize)]
pub struct AdjDef {
    pub x_y: Either<Vec<Inner>, Option<BTreeMap<String, Either<u8, Inner>>>>,
}

#[derive(Serialize, Deserialize)]
#[serde(tag = "t")]
pub enum InternalUnit {
    UnitStruct(Unit),
    UnitIn(()),
}
#[derive(Serialize, Deserialize)]
pub struct FlatUnitStruct {
    pub known_one: u8,
    #[serde(flatten)]
    pub un_it: Unit,
}

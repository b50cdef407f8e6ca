//! Writes values of the types beside it as serde_json does: `cargo run > values.jsonl`.
#![allow(non_snake_case, non_camel_case_types, dead_code)]
mod types;
use serde_json::json;
use std::collections::*;
use std::marker::PhantomData;
use types::*;

/// A line for each value: the name of its type, and what it is in JSON.
macro_rules! write {
    ($type:ty, $($value:expr),+ $(,)?) => { $(
        let value: $type = $value;
        let name = stringify!($type).replace(' ', "");
        println!(r#"{{"type":"{name}","json":{}}}"#, serde_json::to_string(&value).unwrap());
    )+ };
}
fn inner() -> Inner {
    Inner { inner_name: "n".into(), opt_num: Some(1) }
}
fn inner0() -> Inner {
    Inner { inner_name: "n".into(), opt_num: None }
}
fn map<K: Ord, V>(k: K, v: V) -> BTreeMap<K, V> {
    BTreeMap::from([(k, v)])
}
fn main() {
    write!(Plain, Plain::default());
    write!(NLower, NLower::default());
    write!(NUpper, NUpper::default());
    write!(NPascal, NPascal::default());
    write!(NCamel, NCamel::default());
    write!(NSnake, NSnake::default());
    write!(NScream, NScream::default());
    write!(NKebab, NKebab::default());
    write!(NScreamKebab, NScreamKebab::default());
    macro_rules! variants { ($t:ident: $($v:ident)+) => { write!($t, $($t::$v),+); } }
    variants!(VLower: HTTPServer UserId2 InProgress A V2Beta Foo_Bar);
    variants!(VUpper: HTTPServer UserId2 InProgress A V2Beta Foo_Bar);
    variants!(VPascal: HTTPServer UserId2 InProgress A V2Beta Foo_Bar snake_name);
    variants!(VCamel: HTTPServer UserId2 InProgress A V2Beta Foo_Bar snake_name);
    variants!(VSnake: HTTPServer UserId2 InProgress A V2Beta Foo_Bar snake_name r#type Self_);
    variants!(VScream: HTTPServer UserId2 InProgress A V2Beta Foo_Bar snake_name);
    variants!(VKebab: HTTPServer UserId2 InProgress A V2Beta Foo_Bar snake_name);
    variants!(VScreamKebab: HTTPServer UserId2 InProgress A V2Beta Foo_Bar snake_name);
    variants!(Unicode: Über StraßeÖl);
    write!(UnicodeFields, UnicodeFields::default());
    write!(
        External,
        External::Unit,
        External::Newtype(inner()),
        External::Tuple(inner(), 1),
        External::Struct { first_field: 1, other_field: Some(inner0()) },
        External::EmptyTuple(),
        External::EmptyBraces {},
        External::UnitIn(()),
        External::UnitStruct(Unit),
        External::Opt(None),
        External::Opt(Some(inner())),
        External::List(vec![inner()]),
        External::Boxed(Box::new(External::Newtype(inner()))),
        External::Single((inner(),))
    );
    write!(
        Internal,
        Internal::UnitOnly,
        Internal::NewtypeOne(inner()),
        Internal::WithFields { first_field: 1, other_field: Some(inner()) },
        Internal::EmptyBraces {},
        Internal::Nested(Box::new(Internal2::Aa { some_thing: 1 })),
        Internal::OfBraces(EmptyBraces {})
    );
    write!(InternalUnit, InternalUnit::UnitStruct(Unit), InternalUnit::UnitIn(()));
    write!(FlatUnitStruct, FlatUnitStruct { known_one: 1, un_it: Unit });
    write!(
        Adjacent,
        Adjacent::Unit,
        Adjacent::NewtypeOne(inner()),
        Adjacent::Tuple(inner(), 1),
        Adjacent::WithFields { first_field: 1, other_field: Some(inner()) },
        Adjacent::EmptyTuple(),
        Adjacent::EmptyBraces {},
        Adjacent::UnitIn(()),
        Adjacent::UnitStruct(Unit),
        Adjacent::Opt(None),
        Adjacent::Opt(Some(inner())),
        Adjacent::List(vec![inner()])
    );
    write!(
        Untagged,
        Untagged::Num(1),
        Untagged::Text("a".into()),
        Untagged::Inner(inner()),
        Untagged::Fields { first_field: 1, second_field: "x".into() },
        Untagged::List(vec![inner()]),
        Untagged::Null
    );
    write!(Untagged2, Untagged2::Pair(1, "a".into()), Untagged2::Flag(true), Untagged2::Unit(()));

    write!(
        SkipVariants,
        SkipVariants::Keep,
        SkipVariants::Renamed,
        SkipVariants::F { first_name: 1, hidden: 2, z: 3 },
        SkipVariants::Aliased,
        SkipVariants::Unknown
    );
    write!(
        SkipInTuple,
        SkipInTuple::A(1),
        SkipInTuple::B(1, 2),
        SkipInTuple::C(1, 2, 3),
        SkipInTuple::D(1, 2)
    );

    write!(SkipInTupleInt, SkipInTupleInt::A(1), SkipInTupleInt::B { b_c: 1 });
    write!(SkipInTupleUnt, SkipInTupleUnt::A(1), SkipInTupleUnt::B { b_c: 1 });
    write!(SkipTuple, SkipTuple(1, 2));
    write!(SkipTuple3, SkipTuple3(1, "a".into(), None));
    write!(SoloAdj, SoloAdj::OnlyOne { a_b: 1 });
    write!(Solo, Solo::OnlyOne(inner()));
    write!(SoloInt, SoloInt::OnlyOne { a_b: 1 });
    write!(Unit, Unit);
    write!(Newtype, Newtype(inner()));
    write!(Id, Id("a".into()));
    write!(Pair, Pair(inner(), 1));
    write!(EmptyTuple, EmptyTuple());
    write!(EmptyBraces, EmptyBraces {});
    write!(TaggedStruct, TaggedStruct { some_value: 1 });
    write!(Transparent, Transparent { inner_value: inner(), marker: PhantomData });
    write!(
        Opts,
        Opts {
            a_opt: Some(1),
            opt_opt: Some(Some(1)),
            boxed_opt: Box::new(Some(1)),
            opt_unit: Some(()),
            unit: (),
            t_opt: TransparentOpt(Some(1)),
            n_opt: NewtypeOpt(Some(1)),
            def: 1,
            def5: 1,
            skip_opt: Some("a".into()),
            skip_list: vec![1],
            arc_opt: Some(1).into(),
            alias_opt: Some(1),
            unit_struct: Unit,
            phantom: PhantomData
        },
        Opts {
            a_opt: None,
            opt_opt: Some(None),
            boxed_opt: Box::new(None),
            opt_unit: None,
            unit: (),
            t_opt: TransparentOpt(None),
            n_opt: NewtypeOpt(None),
            def: 1,
            def5: 1,
            skip_opt: None,
            skip_list: vec![],
            arc_opt: None.into(),
            alias_opt: None,
            unit_struct: Unit,
            phantom: PhantomData
        }
    );
    write!(Defaults, Defaults::default());
    write!(Skips, Skips::default());

    write!(
        FlatStruct,
        FlatStruct {
            before_it: 1,
            in_ner: inner(),
            ot_her: Other { other_key: true },
            after_it: 2
        }
    );
    write!(FlatMap, FlatMap { known_one: 1, rest: map("x_y".into(), json!({"a_b": 1})) });
    write!(
        FlatMapNum,
        FlatMapNum { known_one: 1, na_me: "a".into(), rest: HashMap::from([("x_y".into(), 1)]) }
    );
    write!(
        FlatOpt,
        FlatOpt { known_one: 1, may_be: Some(Inner2 { must_a: 1, must_b: 2 }) },
        FlatOpt { known_one: 1, may_be: None }
    );
    write!(
        FlatInternal,
        FlatInternal { known_one: 1, what_it: Internal2::Aa { some_thing: 1 } },
        FlatInternal { known_one: 1, what_it: Internal2::Bb }
    );

    write!(
        FlatAdjacent,
        FlatAdjacent { known_one: 1, what_it: SmallAdj::Uu },
        FlatAdjacent { known_one: 1, what_it: SmallAdj::Nn(inner()) },
        FlatAdjacent { known_one: 1, what_it: SmallAdj::Ff { a_b: 1 } }
    );
    write!(
        FlatUntagged,
        FlatUntagged { known_one: 1, what_it: SmallUntagged::A { a_one: 1 } },
        FlatUntagged { known_one: 1, what_it: SmallUntagged::B { b_two: 1 } }
    );
    write!(FlatUnit, FlatUnit { known_one: 1, un_it: () });
    write!(FlatValue, FlatValue { known_one: 1, va: json!({"x_y": {"z_z": 1}}) });

    write!(FlatNewtype, FlatNewtype { known_one: 1, in_ner: Newtype(inner()) });
    write!(FlatBoxed, FlatBoxed { known_one: 1, in_ner: Box::new(inner()) });
    write!(
        FlatNested,
        FlatNested {
            out_er: 1,
            mid: FlatStruct {
                before_it: 1,
                in_ner: inner(),
                ot_her: Other { other_key: true },
                after_it: 2
            }
        }
    );
    write!(
        FlatTwoOpt,
        FlatTwoOpt {
            known_one: 1,
            a: Some(Inner2 { must_a: 1, must_b: 1 }),
            b: Some(Other { other_key: true })
        },
        FlatTwoOpt { known_one: 1, a: None, b: None }
    );
    write!(FlatDefault, FlatDefault { known_one: 1, a: inner() });
    write!(
        InternalFlat,
        InternalFlat::A { own_one: 1, in_ner: inner() },
        InternalFlat::B(FlatMap { known_one: 1, rest: map("a_b".into(), json!(1)) })
    );
    write!(Wrap<Inner>, Wrap { in_it: inner(), list_of: vec![inner()], may_be: Some(inner0()) });
    write!(
        Wrap<Wrap<Vec<Inner>>>,
        Wrap {
            in_it: Wrap { in_it: vec![inner()], list_of: vec![vec![inner()]], may_be: None },
            list_of: vec![],
            may_be: None
        }
    );
    write!(Wrap<Option<Inner>>, Wrap { in_it: Some(inner()), list_of: vec![None], may_be: None });
    write!(Two<u8>, Two { a_one: 1, b_two: inner() });
    write!(Two<Inner, Other>, Two { a_one: inner(), b_two: Other { other_key: true } });
    write!(Arr<3>, Arr { num_n: 1 });
    write!(Either<Inner, Vec<Inner>>, Either::Left(inner()), Either::Right(vec![inner()]), Either::Both { left_one: inner(), right_one: vec![] });
    write!(Key<Inner>, Key { id_of: 1, marker: PhantomData });
    write!(
        Tree,
        Tree {
            no_de: "a".into(),
            chil_dren: vec![Tree { no_de: "b".into(), chil_dren: vec![], par_ent: None }],
            par_ent: Some(Box::new(Tree { no_de: "c".into(), chil_dren: vec![], par_ent: None }))
        }
    );
    write!(
        Borrowed,
        Borrowed { na_me: "a", co_w: "b".into(), sl_ice: &[1], cow_list: vec![inner()].into() }
    );
    write!(Alias, Wrap { in_it: inner(), list_of: vec![inner()], may_be: None });
    write!(
        AliasG<Inner>,
        vec![None, Some(Wrap { in_it: inner(), list_of: vec![inner()], may_be: None })]
    );
    write!(
        Std,
        Std {
            ch_ar: 'ü',
            u_128: 1,
            i_128: -1,
            i_64: -9,
            f_32: 1.5,
            f_64: 2.0,
            non_zero: 3.try_into().unwrap(),
            dur_ation: std::time::Duration::from_millis(1500),
            sys_time: std::time::UNIX_EPOCH + std::time::Duration::from_millis(1500),
            pa_th: "/a".into(),
            ip_addr: "127.0.0.1".parse().unwrap(),
            sock: "127.0.0.1:80".parse().unwrap(),
            cell_a: 1.into(),
            ref_cell: inner().into(),
            mu_tex: inner().into(),
            rc_it: inner().into(),
            arc_str: "a".into(),
            box_str: "b".into(),
            arc_list: vec![inner()].into(),
            res_ult: Ok(inner()),
            res_err: Err("x".into()),
            wrap: std::num::Wrapping(1),
            rev: std::cmp::Reverse(2)
        }
    );
    write!(
        Lists,
        Lists {
            vec_a: vec![inner()],
            deque_a: [1].into(),
            hash_set: [1].into(),
            b_set: ["a".to_string()].into(),
            linked: [1].into(),
            index_set: ["a".to_string()].into(),
            arr_3: [1, 2, 3],
            arr_20: [0; 20],
            arr_0: [],
            tup: (1, "a".into(), inner()),
            one: (1,),
            nested: vec![vec![None, Some(inner())]],
            vec_u8: vec![1],
            by_tes: vec![1u8].into(),
            arr_inner: [inner(), inner0()],
            opt_vec: Some(vec![None, Some(1)]),
            tup_list: vec![("a".into(), inner())]
        }
    );
    write!(
        Maps,
        Maps {
            by_name: HashMap::from([("snake_key".into(), inner())]),
            by_num: map(1, inner()),
            by_neg: map(-1, 1),
            by_bool: map(true, inner()),
            by_enum: map(ExtPlain::One, inner()),
            by_id: map(Id("a_b".into()), 1),
            by_numtype: map(Num(1), 1),
            by_char: map('c', 1),
            by_uuid: HashMap::from([(uuid::Uuid::nil(), 1)]),
            by_date: map(chrono::NaiveDate::from_ymd_opt(2024, 1, 2).unwrap(), 1),
            index_map: [("a_b".to_string(), vec![inner()])].into(),
            deep: map("a_b".into(), map("c_d".into(), Some(inner()))),
            by_renamed: map(KeyEnum::FirstKey, 1),
            by_box: map("a".into(), 1),
            by_path: map("a".into(), 1)
        }
    );
    let t: chrono::DateTime<chrono::Utc> = "2024-01-02T03:04:05Z".parse().unwrap();
    write!(
        Times,
        Times {
            date_time: t,
            date_only: t.date_naive(),
            time_only: t.time(),
            naive_dt: t.naive_utc(),
            uu_id: uuid::Uuid::nil(),
            deci_mal: "1.50".parse().unwrap(),
            ts_secs: t,
            ts_opt: Some(t),
            dec_str: "1.5".parse().unwrap(),
            js_on: json!({"snake_key": 1}),
            js_map: json!({"a_b": {"c_d": 1}}).as_object().unwrap().clone()
        }
    );
    write!(FromInto, FromInto { whatever: 1 });
    write!(
        Weird,
        Weird { a: 1, b: 1, c: 1, e: 1, f: 1, g: 1, h: 1, i: 1, j: 1, k: 1, l: 1, m: 1, n: 1 }
    );
    write!(
        Reserved,
        Reserved {
            class: 1,
            default: 2,
            function: 3,
            delete: 4,
            new: 5,
            value: 6,
            rest: 7,
            args: 8,
            client: 9,
            export_it: 10,
            hasOwnProperty: 11,
            m: Internal2::Aa { some_thing: 1 }
        }
    );
    write!(Messages, Messages::C { a_b: 1 }, Messages::P { a_b: 2 }, Messages::Q(inner()));
    write!(
        MessagesExt,
        MessagesExt::T { a_b: 1 },
        MessagesExt::Q(inner()),
        MessagesExt::S(inner())
    );
    write!(
        UntaggedOfEnums,
        UntaggedOfEnums::A(Internal2::Aa { some_thing: 1 }),
        UntaggedOfEnums::A(Internal2::Bb),
        UntaggedOfEnums::B(SmallAdj::Nn(inner())),
        UntaggedOfEnums::T("a".into())
    );

    write!(UntaggedVec, UntaggedVec::One(inner()), UntaggedVec::Many(vec![inner()]));
    write!(
        AdjDef,
        AdjDef { x_y: Either::Left(vec![inner()]) },
        AdjDef { x_y: Either::Right(Some(map("a_b".into(), Either::Right(inner())))) },
        AdjDef { x_y: Either::Right(None) }
    );
}

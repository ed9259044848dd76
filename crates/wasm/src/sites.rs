//! The numbers by which hosts look up what is raised.
//!
//! A function whose errors are reported where it is called is emitted once for all its calls. Each place of a call has rows of its own, one
//! after another, and passes the number of the first of them; the sites of the function count from there, and so do the rows of such
//! functions that it calls. Where all calls give the same number, nothing is passed.

use crate::used::Used;
use nopython_ir::loops::{CallPlace, FuncId, Module, SiteId, Stmt};
use nopython_types::Site;

/// A number of a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Number {
    /// It is known.
    Known(u32),
    /// It is this many after the one that the function around it was given.
    Counted(u32),
}

impl Number {
    const fn after(self, offset: u32) -> Number {
        match self {
            Number::Known(n) => Number::Known(n + offset),
            Number::Counted(n) => Number::Counted(n + offset),
        }
    }
}

/// What a call is known by in its function: what is called, line and column.
type CallKey = (usize, u32, u32);

const fn key(callee: FuncId, at: &CallPlace) -> CallKey {
    (callee.index(), at.line, at.column)
}

/// The numbers of all sites.
#[derive(Debug, Default)]
pub struct Sites {
    /// What hosts look up.
    pub rows: Vec<Site>,
    /// By function.
    functions: Vec<Numbers>,
}

/// The numbers in a function, in ascending order of sites and calls.
#[derive(Clone, Debug, Default)]
struct Numbers {
    counts: bool,
    own: Vec<(u32, Number)>,
    calls: Vec<(CallKey, Number)>,
}

impl Sites {
    /// Numbers the sites of the functions that are emitted.
    pub fn of(module: &Module, used: &Used) -> Sites {
        let found_in = |id: FuncId| match used.functions.contains_key(&id) {
            true => Found::of(module, id),
            false => Found::default(),
        };
        let found: Vec<Found> = module.functions.iter().map(|(id, _)| found_in(id)).collect();
        let groups = Groups::find(module, &found);
        let mut sites = Sites { rows: Vec::new(), functions: vec![Numbers::default(); found.len()] };
        // What the calls from outside give for each group.
        let mut given = vec![None; groups.list.len()];
        sites.number_places(module, &found, &groups, &mut given);
        // Callers come before what they call.
        for (at, group) in groups.list.iter().enumerate().rev() {
            let base = given.get(at).copied().flatten().unwrap_or(Number::Known(0));
            for &member in &group.members {
                let (Some(numbers), Some(found)) = (sites.functions.get_mut(member), found.get(member)) else {
                    continue;
                };
                numbers.counts = matches!(base, Number::Counted(_));
                numbers.own.extend(
                    group.rows.iter().take(group.own).enumerate().map(|(row, site)| (*site, base.after(to_u32(row)))),
                );
                for (callee, place) in found.calls.iter().filter(|(_, place)| place.line == 0) {
                    let Some(inner) = groups.of(*callee) else { continue };
                    let offset = group.inner.iter().find(|(of, _)| *of == inner).map_or(0, |(_, offset)| *offset);
                    numbers.calls.push((key(*callee, place), base.after(offset)));
                    if inner != at {
                        give(&mut given, inner, base.after(offset));
                    }
                }
            }
        }
        for numbers in &mut sites.functions {
            numbers.own.sort_unstable_by_key(|(site, _)| *site);
            numbers.calls.sort_unstable_by_key(|(call, _)| *call);
        }
        sites
    }

    /// Whether a function takes the number of its first row as its last argument.
    pub fn counts(&self, function: FuncId) -> bool {
        self.functions.get(function.index()).is_some_and(|numbers| numbers.counts)
    }

    /// The number of a site in a function.
    pub fn number(&self, function: FuncId, site: SiteId) -> Number {
        let own = self.functions.get(function.index()).map_or(&[][..], |numbers| &numbers.own);
        found_at(own.binary_search_by_key(&site.0, |(site, _)| *site).ok().and_then(|at| own.get(at)))
    }

    /// The number of the first row of a call.
    pub fn first(&self, function: FuncId, callee: FuncId, at: &CallPlace) -> Number {
        let calls = self.functions.get(function.index()).map_or(&[][..], |numbers| &numbers.calls);
        found_at(calls.binary_search_by_key(&key(callee, at), |(call, _)| *call).ok().and_then(|at| calls.get(at)))
    }

    /// Gives rows to the sites with a place, and to the calls with a place of functions whose errors are reported there.
    fn number_places(&mut self, module: &Module, found: &[Found], groups: &Groups, given: &mut [Option<Number>]) {
        let mut known: Vec<Option<u32>> = vec![None; module.sites.len()];
        for (id, (found, numbers)) in found.iter().zip(&mut self.functions).enumerate() {
            let in_group = groups.by_member.get(id).is_some_and(Option::is_some);
            for &number in &found.sites {
                let site = module.sites.get(number as usize).filter(|site| site.is_placed() || !in_group);
                let (Some(site), Some(row)) = (site, known.get_mut(number as usize)) else { continue };
                let row = *row.get_or_insert_with(|| {
                    self.rows.push(site.clone());
                    to_u32(self.rows.len() - 1)
                });
                numbers.own.push((number, Number::Known(row)));
            }
            for (callee, at) in found.calls.iter().filter(|(_, at)| at.line > 0 || !in_group) {
                let Some(group) = groups.of(*callee) else { continue };
                let first = Number::Known(to_u32(self.rows.len()));
                let CallPlace { function, line, column } = at;
                let rows = groups.list.get(group).map_or(&[][..], |group| &group.rows);
                self.rows.extend(
                    rows.iter().filter_map(|number| module.sites.get(*number as usize)).map(|site| Site {
                        function: function.clone(),
                        line: *line,
                        column: *column,
                        ..site.clone()
                    }),
                );
                numbers.calls.push((key(*callee, at), first));
                give(given, group, first);
            }
        }
    }
}

fn found_at<T>(entry: Option<&(T, Number)>) -> Number {
    entry.map_or(Number::Known(0), |(_, number)| *number)
}

/// Notes a number that a call from outside gives to a group: it stays known while all give the same.
fn give(given: &mut [Option<Number>], group: usize, number: Number) {
    if let Some(known) = given.get_mut(group) {
        let is_same = matches!(number, Number::Known(_)) && known.is_none_or(|known| known == number);
        *known = Some(if is_same { number } else { Number::Counted(0) });
    }
}

/// What a function raises and calls, each once.
#[derive(Debug, Default)]
struct Found {
    sites: Vec<u32>,
    calls: Vec<(FuncId, CallPlace)>,
}

impl Found {
    fn of(module: &Module, id: FuncId) -> Found {
        let mut found = Found::default();
        let body = module.functions.get(id).map_or(&[][..], |function| &function.body);
        for stmt in body {
            stmt.walk(&mut |stmt| match stmt {
                Stmt::Check(_, fault) | Stmt::Raise(fault) => found.sites.push(fault.site.0),
                Stmt::Alloc { site, .. } => found.sites.push(site.0),
                Stmt::Call { function, at, .. } => found.calls.push((*function, at.clone())),
                _ => {}
            });
        }
        found.sites.sort_unstable();
        found.sites.dedup();
        found.calls.sort_unstable_by_key(|(callee, at)| key(*callee, at));
        found.calls.dedup_by_key(|(callee, at)| key(*callee, at));
        found
    }

    /// What it calls without a place of its own.
    fn inner(&self) -> impl Iterator<Item = usize> {
        self.calls.iter().filter(|(_, at)| at.line == 0).map(|(callee, _)| callee.index())
    }
}

/// Functions that call each other, or one, whose errors are reported where they are called.
#[derive(Debug, Default)]
struct Group {
    members: Vec<usize>,
    /// Sites without a place, and after them those of the groups that are called.
    rows: Vec<u32>,
    /// How many of them are its own.
    own: usize,
    /// The first row of each group that is called.
    inner: Vec<(usize, u32)>,
}

/// All groups, each after those that it calls.
#[derive(Debug, Default)]
struct Groups {
    list: Vec<Group>,
    by_member: Vec<Option<usize>>,
}

impl Groups {
    fn find(module: &Module, found: &[Found]) -> Groups {
        let unplaced = |site: &u32| module.sites.get(*site as usize).is_some_and(|site| !site.is_placed());
        let mut hosts = vec![false; found.len()];
        for id in module.exports.iter().map(|(_, of)| *of).chain(module.start) {
            hosts.get_mut(id.index()).into_iter().for_each(|host| *host = true);
        }
        let mut raises: Vec<bool> =
            found.iter().zip(&hosts).map(|(found, host)| !host && found.sites.iter().any(unplaced)).collect();
        let mut changed = true;
        while changed {
            changed = false;
            for (id, found) in found.iter().enumerate() {
                let is_host = hosts.get(id).is_none_or(|host| *host);
                let known = raises.get(id).is_none_or(|raises| *raises);
                if !is_host && !known && found.inner().any(|callee| raises.get(callee).is_some_and(|raises| *raises)) {
                    raises.get_mut(id).into_iter().for_each(|raises| *raises = true);
                    changed = true;
                }
            }
        }
        let mut finder = Finder {
            found,
            raises: &raises,
            unplaced: &unplaced,
            order: vec![0; found.len()],
            visited: 0,
            stack: Vec::new(),
            groups: Groups { list: Vec::new(), by_member: vec![None; found.len()] },
        };
        for id in 0..found.len() {
            finder.visit(id);
        }
        finder.groups
    }

    /// The group of a function.
    fn of(&self, function: FuncId) -> Option<usize> {
        self.by_member.get(function.index()).copied().flatten()
    }
}

/// Finds the groups (R. Tarjan, *Depth-first search and linear graph algorithms*, 1972).
struct Finder<'f> {
    found: &'f [Found],
    raises: &'f [bool],
    unplaced: &'f dyn Fn(&u32) -> bool,
    /// When each function was visited, from 1 on.
    order: Vec<usize>,
    visited: usize,
    /// The visited functions that are in no group yet.
    stack: Vec<usize>,
    groups: Groups,
}

impl Finder<'_> {
    /// Visits a function and what it calls. Gives the order of the earliest function without a group that is reached from it, if it has no
    /// group itself afterwards.
    fn visit(&mut self, id: usize) -> Option<usize> {
        let is_open = self.raises.get(id) == Some(&true) && self.groups.by_member.get(id) == Some(&None);
        let order = *self.order.get(id).filter(|_| is_open)?;
        if order > 0 {
            return Some(order);
        }
        self.visited += 1;
        let own = self.visited;
        *self.order.get_mut(id)? = own;
        self.stack.push(id);
        let low = self.found.get(id)?.inner().filter_map(|callee| self.visit(callee)).fold(own, usize::min);
        if low < own {
            return Some(low);
        }
        let at = self.stack.iter().position(|member| *member == id)?;
        let members = self.stack.split_off(at);
        self.close(members);
        None
    }

    /// Makes a group of functions, whose callees outside of it are in groups.
    fn close(&mut self, members: Vec<usize>) {
        let name = self.groups.list.len();
        for member in &members {
            self.groups.by_member.get_mut(*member).into_iter().for_each(|group| *group = Some(name));
        }
        let mut group = Group { members, ..Group::default() };
        let found = || group.members.iter().filter_map(|member| self.found.get(*member));
        let mut rows: Vec<u32> = found().flat_map(|found| &found.sites).copied().filter(self.unplaced).collect();
        rows.sort_unstable();
        rows.dedup();
        group.own = rows.len();
        let mut inner: Vec<(usize, u32)> = Vec::new();
        for callee in found().flat_map(Found::inner) {
            let Some(of) = self.groups.by_member.get(callee).copied().flatten() else { continue };
            if of != name && inner.iter().all(|(known, _)| *known != of) {
                inner.push((of, to_u32(rows.len())));
                rows.extend(self.groups.list.get(of).into_iter().flat_map(|group| &group.rows));
            }
        }
        (group.rows, group.inner) = (rows, inner);
        self.groups.list.push(group);
    }
}

fn to_u32(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}

//! Loops: interpreted until the types at the head no longer change.

use super::body::{Bind, Body, Env};
use super::join::{coerce, join_types};
use super::ops;
use super::{Answer, Stop};
use nopython_diagnostics::{Diagnostic, codes};
use nopython_ir::Const;
use nopython_ir::ops::UnOp;
use nopython_ir::sorted::{SortedMap, SortedSet};
use nopython_ir::typed::{Place, Stmt, StmtKind, VarId};
use nopython_types::{Scalar, Type};
use ruff_python_ast as ast;

/// Rounds after which a loop's types are given up on; each round moves at least one type up a lattice of small height.
const MOST_ROUNDS: usize = 12;

/// A loop being interpreted.
#[derive(Default)]
pub struct Frame {
    /// For each name that the loop assigns and that is bound at its head, or found to be bound at an exit: the type it has there.
    targets: SortedMap<String, Type>,
    /// Environments at each jump to the head or out of the loop.
    edges: Vec<Env>,
    /// Whether any path breaks out.
    breaks: bool,
    /// The variable that tells `else` whether a `break` left the loop.
    flag: Option<VarId>,
}

impl Body<'_, '_> {
    /// Interprets a loop that assigns some names. `turn` emits one turn. Gives the turn's statements and whether a `break` leaves the loop;
    /// a `break` sets `flag`.
    pub fn settle_loop(
        &mut self,
        assigned: &SortedSet<String>,
        flag: Option<VarId>,
        place: Place,
        turn: &mut dyn FnMut(&mut Self) -> Answer<()>,
    ) -> Answer<(Vec<Stmt>, bool)> {
        let before = self.env.clone();
        let mut targets: SortedMap<String, Type> = SortedMap::new();
        let mut conflicts: SortedMap<String, Bind> = SortedMap::new();
        for _ in 0..MOST_ROUNDS {
            self.env = before.clone();
            let prelude = self.enter(assigned, &mut targets, &conflicts, place);
            let out = std::mem::take(&mut self.out);
            self.loops.push(Frame { targets: targets.clone(), flag, ..Frame::default() });
            let head = self.env.clone();
            let outcome = turn(self);
            if outcome.is_ok() && self.reachable {
                self.edge(place);
            }
            let frame = self.loops.pop().unwrap_or_default();
            let block = std::mem::replace(&mut self.out, out);
            outcome?;
            if !self.widen(assigned, &head, &frame.edges, &mut targets, &mut conflicts) {
                self.out.extend(prelude);
                self.env = self.after(head, &frame.edges, &targets);
                self.reachable = true;
                return Ok((block, frame.breaks));
            }
            self.reachable = true;
        }
        Err(Stop::error(
            Diagnostic::error(codes::INCOMPATIBLE_BRANCHES, "the types of the variables in this loop do not settle")
                .primary(self.span_at(super::body::place_span(place)), "this loop")
                .hint("give variables their final type before the loop, for example `s = 0.0`"),
        ))
    }

    /// Binds names at the head of the loop; gives the conversions that come before it.
    fn enter(
        &mut self,
        assigned: &SortedSet<String>,
        targets: &mut SortedMap<String, Type>,
        conflicts: &SortedMap<String, Bind>,
        place: Place,
    ) -> Vec<Stmt> {
        let mut prelude = Vec::new();
        for name in assigned {
            if let Some(conflict) = conflicts.get(name) {
                self.env.insert(name.clone(), conflict.clone());
                continue;
            }
            let Some(Bind::Var { var, at, .. }) = self.env.get(name).cloned() else { continue };
            let own = self.type_of(var);
            let target = targets.entry(name.clone()).or_insert_with(|| own.clone()).clone();
            let head = self.var(name, &target);
            if head != var
                && let Some(value) = coerce(self.read(var, place), &target)
            {
                prelude.push(Stmt { kind: StmtKind::Assign(head, value), place });
            }
            self.env.insert(name.clone(), Bind::Var { var: head, known: None, at });
        }
        prelude
    }

    /// Leaves a turn for the head or the end of the loop: emits the conversions to the types there.
    pub fn edge(&mut self, place: Place) {
        let Some(frame) = self.loops.last() else { return };
        let targets: Vec<(String, Type)> = frame.targets.iter().map(|(n, t)| (n.clone(), t.clone())).collect();
        for (name, target) in targets {
            let Some(Bind::Var { var, .. }) = self.env.get(&name) else { continue };
            let var = *var;
            let head = self.var(&name, &target);
            if var != head
                && let Some(value) = coerce(self.read(var, place), &target)
            {
                self.emit(StmtKind::Assign(head, value), place);
            }
        }
        let env = self.env.clone();
        if let Some(frame) = self.loops.last_mut() {
            frame.edges.push(env);
        }
    }

    /// Breaks out of the innermost loop.
    pub fn break_loop(&mut self, place: Place) {
        let Some(frame) = self.loops.last_mut() else { return };
        frame.breaks = true;
        if let Some(flag) = frame.flag {
            let broken = ops::constant(Const::Bool(true), true, place);
            self.emit(StmtKind::Assign(flag, broken), place);
        }
        self.emit(StmtKind::Break, place);
    }

    /// The flag of a loop that has an `else`, set to false before the loop.
    pub fn else_flag(&mut self, orelse: &[ast::Stmt], place: Place) -> Option<VarId> {
        if orelse.is_empty() {
            return None;
        }
        let flag = self.temporary("broken", &Type::Scalar(Scalar::BOOL));
        self.emit(StmtKind::Assign(flag, ops::constant(Const::Bool(false), true, place)), place);
        Some(flag)
    }

    /// The `else` of a loop, which runs unless a `break` left the loop.
    pub fn loop_else(&mut self, flag: Option<VarId>, breaks: bool, orelse: &[ast::Stmt], place: Place) -> Answer<()> {
        match flag {
            Some(flag) if breaks => {
                let test = ops::unary(UnOp::Invert, self.read(flag, place), place);
                self.fork(test, place, &mut |this| this.statements(orelse), &mut |_| Ok(()))
            }
            _ => self.statements(orelse),
        }
    }

    /// Moves the types at the head up to cover every edge; tells whether anything changed.
    fn widen(
        &self,
        assigned: &SortedSet<String>,
        head: &Env,
        edges: &[Env],
        targets: &mut SortedMap<String, Type>,
        conflicts: &mut SortedMap<String, Bind>,
    ) -> bool {
        let mut changed = false;
        for name in assigned {
            for edge in edges {
                if conflicts.contains_key(name) {
                    break;
                }
                let (bind, at) = match edge.get(name) {
                    Some(Bind::Var { var, at, .. }) => (self.type_of(*var), *at),
                    Some(other) => {
                        let same = head.get(name).is_none_or(|h| h == other);
                        if !same {
                            let conflict = match other {
                                // Branches inside the turn have already found that the types differ.
                                Bind::Conflict(_) => other.clone(),
                                Bind::Var { .. } | Bind::Val(_) => Bind::Conflict(Box::new([
                                    ("one thing".to_owned(), Default::default()),
                                    ("another".to_owned(), Default::default()),
                                ])),
                            };
                            conflicts.insert(name.clone(), conflict);
                            changed = true;
                        }
                        continue;
                    }
                    None => continue,
                };
                match targets.get(name).map(|target| (target.clone(), join_types(target, &bind))) {
                    None => {
                        // First bound inside the loop: its type at the exits matters only if they differ.
                        let differs = edges
                            .iter()
                            .any(|e| matches!(e.get(name), Some(Bind::Var { var, .. }) if self.type_of(*var) != bind));
                        if differs {
                            targets.insert(name.clone(), bind);
                            changed = true;
                        }
                    }
                    Some((target, Some(joined))) => {
                        if joined != target {
                            targets.insert(name.clone(), joined);
                            changed = true;
                        }
                    }
                    Some((target, None)) => {
                        let head_at = match head.get(name) {
                            Some(Bind::Var { at, .. }) => *at,
                            _ => at,
                        };
                        let sides = [(target.to_string(), head_at), (bind.to_string(), at)];
                        conflicts.insert(name.clone(), Bind::Conflict(Box::new(sides)));
                        changed = true;
                    }
                }
            }
        }
        changed
    }

    /// The environment after the loop.
    fn after(&mut self, head: Env, edges: &[Env], targets: &SortedMap<String, Type>) -> Env {
        let mut env = head;
        for edge in edges {
            for (name, bind) in edge {
                if env.contains_key(name) {
                    continue;
                }
                let bind = match bind {
                    Bind::Var { var, at, .. } => {
                        let ty = targets.get(name).cloned().unwrap_or_else(|| self.type_of(*var));
                        Bind::Var { var: self.var(name, &ty), known: None, at: *at }
                    }
                    other => other.clone(),
                };
                env.insert(name.clone(), bind);
            }
        }
        env
    }
}

/// The names that statements assign.
pub fn assigned_names(body: &[ast::Stmt], names: &mut SortedSet<String>) {
    for stmt in body {
        match stmt {
            ast::Stmt::Assign(s) => s.targets.iter().for_each(|t| target_names(t, names)),
            ast::Stmt::AugAssign(s) => target_names(&s.target, names),
            ast::Stmt::AnnAssign(s) => target_names(&s.target, names),
            ast::Stmt::For(s) => {
                target_names(&s.target, names);
                assigned_names(&s.body, names);
                assigned_names(&s.orelse, names);
            }
            ast::Stmt::While(s) => {
                assigned_names(&s.body, names);
                assigned_names(&s.orelse, names);
            }
            ast::Stmt::If(s) => {
                assigned_names(&s.body, names);
                s.elif_else_clauses.iter().for_each(|c| assigned_names(&c.body, names));
            }
            _ => {}
        }
    }
}

/// The names in an assignment target.
pub fn target_names(target: &ast::Expr, names: &mut SortedSet<String>) {
    match target {
        ast::Expr::Name(name) => {
            names.insert(name.id.to_string());
        }
        ast::Expr::Tuple(t) => t.elts.iter().for_each(|e| target_names(e, names)),
        ast::Expr::List(t) => t.elts.iter().for_each(|e| target_names(e, names)),
        ast::Expr::Starred(s) => target_names(&s.value, names),
        _ => {}
    }
}

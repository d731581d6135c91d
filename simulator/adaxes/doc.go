// Package adaxes is the Adaxes REST API as a face of the simulator: an
// [http.Handler] over the same directory as the DSM face, so that what is
// changed on one side is seen on the other.
//
// How one HTTP request passes through: [Handler.ServeHTTP] finds its method in
// the table of routes (routes.go), asks for injected faults, checks the token
// (tokens.go), and runs the method. A write goes through service.operate, which
// asks the rules (rules.go) what becomes of it and says the outcome as an
// operation result (result.go).
//
// What no source attests stands in guesses.go, a function or constant for each,
// naming the section of docs/adaxes.md that speaks of it.
package adaxes

// Package dsm is the DSM WebAPI face of the simulator: an [http.Handler] that
// answers the way a Synology NAS with the Directory Server package does, over
// any [Directory].
//
// It serves what the wire reference says and not only what dirdesk's own client
// sends: GET and POST, logins of versions 3 to 7, quoted and bare values,
// compound calls. What no public source attests stands in guesses.go and
// nowhere else, so that a live capture can correct it in one place.
//
// How one HTTP request passes through: [Handler.ServeHTTP] merges query and
// body (request.go) into one call; [Handler.perform] asks for injected faults,
// then checks the call in DSM's order (check.go) and runs the method that the
// table (table.go) names; a compound call sends each of its items through
// perform again. The answer is written in answer.go.
package dsm

package main

import (
	"context"
	"fmt"
	"math/rand/v2"
	"runtime"
	"slices"
	"time"

	"dirdesk/desk/index"
	"dirdesk/models"
)

// mostFound is how many objects a search gives.
const mostFound = 200

func measureIndex(ctx context.Context, r *report) error {
	for _, n := range []int{100_000, 1_000_000} {
		before := heap()
		x := sampleIndex(n)
		r.figure(fmt.Sprintf("object among %d, names included", n), float64(heap()-before)/float64(n), "bytes")
		for _, typed := range []string{"a", "mar", "mar ad", "an er", "0100 mar", "zzqx"} {
			var took []time.Duration
			found := 0
			for range 21 {
				if ctx.Err() != nil {
					return ctx.Err()
				}
				started := time.Now()
				objects, _ := x.Search(index.Request{Query: index.ParseQuery(typed), Limit: mostFound})
				took, found = append(took, time.Since(started)), len(objects)
			}
			slices.Sort(took)
			r.figure(fmt.Sprintf("%q among %d: found", typed, n), float64(found), "objects")
			r.figure(fmt.Sprintf("%q among %d: median", typed, n), float64(took[len(took)/2].Microseconds())/1000, "ms")
		}
		runtime.KeepAlive(x)
	}
	return nil
}

// sampleIndex is an index of so many people with names as they are.
func sampleIndex(n int) *index.Index {
	first := []string{"Anna", "Maria", "Martin", "Yiğit", "Johann", "Sofia", "Peter", "Eva", "Lars", "Nadia", "Omar", "Chloé", "Irene", "Paul", "Marta", "Tomáš"}
	last := []string{"Adler", "Berg", "Köhler", "Müller", "Šimek", "Novák", "Dupont", "Garcia", "Marsh", "Rossi", "Ivanov", "Wagner", "Ek", "Öztürk", "Smith", "Adams"}
	r := rand.New(rand.NewPCG(1, 2))
	x := &index.Index{}
	for from := 0; from < n; from += 500 {
		page := make([]models.Object, 0, 500)
		for i := from; i < min(from+500, n); i++ {
			f, l := first[r.IntN(len(first))], last[r.IntN(len(last))]+fmt.Sprintf("%c%c", 'a'+r.IntN(26), 'a'+r.IntN(26))
			page = append(page, models.Object{
				DN:   models.DN(fmt.Sprintf("CN=%s %s %d,OU=Dept%d,OU=Staff,DC=example,DC=test", f, l, i, i%97)),
				Name: fmt.Sprintf("%s %s %d", f, l, i), DisplayName: f + " " + l, SAMAccountName: fmt.Sprintf("%.1s%s%d", f, l, i), Category: models.Person,
				Mail: fmt.Sprintf("%s.%s%d@example.test", f, l, i), Description: "Consultant", Office: "VIE-3.12",
				TelephoneNumber: fmt.Sprintf("+43 1 %07d", r.IntN(9999999)), Disabled: models.No, Locked: models.No,
			})
		}
		x.Add(page)
	}
	return x
}

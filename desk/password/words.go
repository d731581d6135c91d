package password

// madeWords are for made passwords: short, known to everybody, spelled as they
// sound, without the letter l, which looks like 1 and I, and none beginning
// with i or o, whose capitals look like 1 and 0.
const madeWords = `
acorn amber anchor animate apron arrow artist august aunt autumn avenue awake baker bamboo banner
barn baron basin basket beach beard beaver bench berry bingo bird biscuit bishop board boat bonus
border bottom bread breeze brick bridge bronze brook brother brush bucket buffet bunker butter
button cabin canary candy canyon carbon career carpet carrot cart cedar cement center charm cherry
chess chest cider cinema circus citrus coast cobra comet concert copper corner cosmic cotton cousin
cover crane crayon cricket crown curtain custom cyan dancer dapper dawn deer desert diner dinner
doctor donkey dragon drama dream driver drum duchess dune eager earth east echo energy engine escort
even evening event expert fabric factor famous farmer father faucet feather fence fern ferry fiber
finch finger forest fork frost garden gate gecko giant ginger goose grain granite grape grass
gravity grocer guest guitar hammer hamster harbor harvest hawk heart hedge herb hiker honest honey
hornet horse hunter jacket jaguar jasmine jeans journey joyous juice jumper june jury karate kayak
ketchup kimono kitchen kitten magic magnet mango manor market mason master meadow medium menu minute
mirror mitten mother motor mountain museum music mustard nature navy nectar nephew newton north
number nurse packet panda paper parade parent parrot pastry peach peanut pepper person phone piano
picnic pigeon pine pirate pocket poet pony prince pumpkin puppet queen quince rabbit racer radar
radio rain ranger raven reason record reindeer reward ribbon rider river road robin rocket romance
rooster rosemary rubber runner sandwich saturn sauce season senate seven shadow sheep sherbet ship
shore shower sister skater snow soap soccer sonar spice spider spring square stamp station stereo
stone storm stream street summer sunset supper surfer sweater swimmer tango tanker tartan teacher
tennis thunder ticket timber toast tomato topaz tower tractor trader train tropic trumpet tuna
turnip twenty umpire under unicorn union vacant vanity vase vector veranda victor vine vintage visit
voice voyage wagon waiter warm water weather west wheat whisper window winter wisdom wonder worker
yacht yard yarn year yeast yogurt young zebra zenith`

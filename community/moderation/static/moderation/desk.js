// The desk: decide without a reload, by mouse or by key. Without this file every form works as a form.

import { follow } from "./acting.js";
import { choose } from "./choosing.js";
import { listen } from "./keys.js";

const desk = document.querySelector("[data-desk]");

if (desk) {
    follow(desk);
    choose(desk);
    listen(desk);
}

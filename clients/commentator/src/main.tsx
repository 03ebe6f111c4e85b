import { boot } from "@liveskate/ui/boot";
import { Desk } from "./desk.tsx";
import "./desk.css";

boot({ app: Desk });
